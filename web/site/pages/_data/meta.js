// What the product asks of Meta, read from where the program says it: the permissions with their
// reasons, and the version of the Graph API.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const source = (path) => readFileSync(join(import.meta.dirname, "../../../../src", path), "utf8");

// Scope{"name", "purpose", true, "what App Review is told, " "in pieces"}, the last one if there is one.
const scope = /Scope\{"(\w+)",\s*"([^"]+)",\s*(true|false)(?:,\s*((?:"[^"]*"\s*)+))?/g;

export default function meta() {
  const scopes = [...source("meta/connection.hpp").matchAll(scope)].map(
    ([, name, purpose, vital, review]) => ({
      name,
      purpose,
      isVital: vital === "true",
      review: [...(review ?? "").matchAll(/"([^"]*)"/g)].map(([, text]) => text).join(""),
    }),
  );
  const version = /meta_graph_version = "(v[\d.]+)"/.exec(source("app/config.hpp"))?.[1];
  if (scopes.length === 0 || !version) throw new Error("the sources no longer name what is asked");
  return { scopes, version };
}
