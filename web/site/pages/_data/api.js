// The API as it describes itself (leadcrm openapi), in the shape the reference shows it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const source = join(import.meta.dirname, "../../../../build/openapi.json");

const nameOf = (reference) => reference.split("/").pop();

// A type in words: "text", "list of Lead", "one of won, lost". Names of schemas are links.
function typeOf(schema = {}) {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return `<a href="#${name}">${name}</a>`;
  }
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" or ");
  if (schema.enum) return `one of ${schema.enum.map((word) => `<code>${word}</code>`).join(", ")}`;
  const kinds = [schema.type ?? []].flat();
  const words = kinds.map((kind) => {
    if (kind === "array") return `list of ${typeOf(schema.items)}`;
    if (kind === "string") return schema.format === "date-time" ? "time" : "text";
    if (kind === "object") return "object";
    return { integer: "whole number", number: "number", boolean: "yes or no", null: "null" }[kind];
  });
  return words.length > 0 ? words.join(" or ") : "anything";
}

// Descriptions are Markdown; all it has here is `code`.
function asHtml(text) {
  const escaped = text?.replace(
    /[&<>"]/g,
    (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c],
  );
  return escaped?.replace(/`([^`]+)`/g, "<code>$1</code>");
}

const limits = [
  ["maxLength", (most) => `at most ${most} characters`],
  ["minimum", (least) => `from ${least}`],
  ["maximum", (most) => `to ${most}`],
  ["default", (value) => `otherwise ${value}`],
];

function noteOf(schema = {}) {
  const words = limits.filter(([key]) => schema[key] !== undefined);
  return [asHtml(schema.description), ...words.map(([key, say]) => say(schema[key]))]
    .filter(Boolean)
    .join(", ");
}

function bodyOf(content) {
  const [kind, { schema } = {}] = Object.entries(content ?? {})[0] ?? [];
  if (!kind) return null;
  return kind === "application/json" ? typeOf(schema) : `<code>${kind}</code>`;
}

function operation(path, method, told) {
  const [status, answer] = Object.entries(told.responses).find(([code]) => /^[23]/.test(code));
  return {
    id: told.operationId,
    method: method.toUpperCase(),
    path,
    summary: told.summary,
    description: asHtml(told.description),
    right: told["x-right"],
    parameters: (told.parameters ?? []).map((parameter) => ({
      ...parameter,
      type: typeOf(parameter.schema),
      note: asHtml(parameter.description) ?? noteOf(parameter.schema),
    })),
    body: bodyOf(told.requestBody?.content),
    status,
    answer: bodyOf(answer.content),
  };
}

export default function api() {
  const told = JSON.parse(readFileSync(source, "utf8"));
  const operations = Object.entries(told.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => ({
      ...operation(path, method, each),
      tag: each.tags[0],
    })),
  );
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const schemas = Object.entries(told.components.schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => ({
      name,
      type: schema.properties ? null : typeOf(schema),
      fields: Object.entries(schema.properties ?? {}).map(([field, its]) => ({
        name: field,
        type: typeOf(its),
        note: noteOf(its),
        isRequired: schema.required?.includes(field) ?? false,
      })),
    }));
  return {
    version: told.info.version,
    groups: tags.map((tag) => ({ tag, operations: operations.filter((each) => each.tag === tag) })),
    schemas,
    roles: told["x-roles"],
    rights: new Set(operations.map(({ right }) => right)),
  };
}
