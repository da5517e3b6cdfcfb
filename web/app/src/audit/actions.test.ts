// That everything the server puts down in the audit log has words in every language.
import { describe, expect, it } from "vitest";
import { languages } from "../app/i18n";
import english from "./actions.gen.json";

type Names = Record<string, string>;
const files = import.meta.glob<{ default: Names }>("./actions.*.json", { eager: true });

describe.each(languages)("%s", (language) => {
  const names = files[`./actions.${language === "en" ? "gen" : language}.json`]?.default ?? {};

  it("has words for every action, and for nothing else", () => {
    expect(Object.keys(names).sort()).toEqual(Object.keys(english).sort());
    expect(Object.entries(names).filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});
