import { ApiProblem } from "../api/ApiProblem";

// The texts of the named fields of a form.
export function fieldsOf<Name extends string>(
  form: HTMLFormElement,
  names: readonly Name[],
): Record<Name, string> {
  const data = new FormData(form);
  const fields = {} as Record<Name, string>;
  for (const name of names) fields[name] = String(data.get(name) ?? "");
  return fields;
}

// What the server says about single fields, and whether anything is left to say about the whole.
export function faultsOf(problem: unknown, names: readonly string[]) {
  const fields = problem instanceof ApiProblem ? problem.fields : new Map<string, string>();
  const placed = names.some((name) => fields.has(name));
  return { at: (name: string) => fields.get(name), whole: problem !== null && !placed };
}
