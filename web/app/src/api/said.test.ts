// That what the server says is understood, and that nothing is translated that it never says.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ApiProblem } from "./ApiProblem";
import { said, understand } from "./said";
import german from "./said.de.json";

beforeAll(() => understand(german));
afterAll(() => understand());

// The server's own words: its sources, with what is written in several pieces put together.
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "testing" ? [] : sources(path);
    return /(?<!_test)\.[ch]pp$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}
const written = sources(resolve("../../src"))
  .join("\n")
  .replace(/"\s*\n\s*\+?\s*"/g, "");
const server = written.replace(/\\"/g, '"');

// Sentences are put together there, and numbers put into them.
it("knows only sentences that the server says", () => {
  const unsaid = Object.keys(german).filter((sentence) =>
    sentence.split(/\{#?\d\}|(?<=\.) |\.$/).some((piece) => !server.includes(piece.trim())),
  );
  expect(unsaid).toEqual([]);
});

// What no browser is told: it is for the command line and the log.
const toOperators = [
  "No account has confirmed the address",
  "has no second factor.",
  "There are organizations in this database. A backup is put into an empty one: move the old one away, or name another.",
  "A backup was being put into this database, and that did not come to its end. Restore it anew into an empty one.",
  "A server, or another restore, is at work in this data folder. End it first, then restore.",
  "A backup is being restored into this data folder. Start the server when that is done.",
  "libcurl cannot start",
  "The mail could not be sent.",
];

// The pieces of text in the parentheses that open at `start`.
function textsIn(start: number): string[] {
  const texts: string[] = [];
  const token = /"((?:\\.|[^"\\])*)"|[()]/g;
  token.lastIndex = start;
  for (let depth = 0; ; ) {
    const found = token.exec(written);
    if (found === null) return texts;
    if (found[0] === "(") depth += 1;
    else if (found[0] === ")") depth -= 1;
    else texts.push((found[1] ?? "").replaceAll('\\"', '"').trim());
    if (depth === 0) return texts;
  }
}

it("knows every sentence that a refusal says", () => {
  const known = Object.keys(german);
  const refusals =
    /(?:Failure::(?:conflict|forbidden|invalid|not_found|signed_out|stale|too_many|unavailable)|\bfail)(?=\()/g;
  const sentences = [...written.matchAll(refusals)]
    .flatMap((call) => textsIn(call.index + call[0].length))
    .filter((text) => text.includes(" ") && !toOperators.includes(text));
  expect(sentences.length).toBeGreaterThan(150);
  const unknown = sentences.filter((text) => !known.some((sentence) => sentence.includes(text)));
  expect(unknown).toEqual([]);
});

it("fills in nothing that the server did not say", () => {
  const marks = (text: string): string[] => text.match(/\{#?\d\}/g) ?? [];
  const wrong = Object.entries(german).filter(([sentence, meaning]) =>
    marks(meaning).some((mark) => !marks(sentence).includes(mark)),
  );
  expect(wrong).toEqual([]);
});

it.each([
  ["Please fill this in.", "Bitte füllen Sie das aus."],
  ["Please use at least 3 characters.", "Bitte verwenden Sie mindestens 3 Zeichen."],
  ["ana@acme.example is a member already.", "ana@acme.example ist schon Mitglied."],
  [
    "The login at Facebook ends on 2026-12-01. Connect Facebook again before then.",
    "Die Anmeldung bei Facebook endet am 2026-12-01. Verbinden Sie Facebook vorher neu.",
  ],
  ["$& {1} is a member already.", "$& {1} ist schon Mitglied."],
  ["5 of 6", "5 von 6"],
  ["A friend of mine", "A friend of mine"],
  ["Something new of the server.", "Something new of the server."],
  ["toString", "toString"],
])("%s", (sentence, meaning) => {
  expect(said(sentence)).toBe(meaning);
});

it("is what a problem says, of the whole and of its fields", () => {
  const problem = new ApiProblem(422, {
    detail: "Some fields need another look.",
    errors: [{ field: "name", code: "required", message: "Please fill this in." }],
  });
  expect(problem.message).toBe("Bitte sehen Sie sich einige Felder noch einmal an.");
  expect(problem.fields.get("name")).toBe("Bitte füllen Sie das aus.");
});
