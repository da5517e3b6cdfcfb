import { said } from "./said";
import type { components } from "./schema.gen";

type Problem = components["schemas"]["Problem"];

// Why the server could not do what was asked, in its own words, which are written for people, and in
// the reader's language.
// A request that never reached the server becomes one too, so every screen handles one kind.
export class ApiProblem extends Error {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly fields: ReadonlyMap<string, string>;

  constructor(status: number, problem: Partial<Problem>) {
    super(said(problem.detail || problem.title || ""));
    this.status = status;
    this.requestId = problem.request_id;
    this.fields = new Map(problem.errors?.map((field) => [field.field, said(field.message)]));
  }

  get unreachable(): boolean {
    return this.status === 0;
  }
}
