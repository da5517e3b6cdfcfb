// That every language says everything English says.
import { afterEach, describe, expect, it, vi } from "vitest";
import { choose, deviceLanguage, i18n, languages, speak } from "./i18n";

type Texts = { [name: string]: string | Texts };
const files = import.meta.glob<{ default: Texts }>("./*.json", { eager: true });
const parts = { en: ["en.door", "en"] };
const textsOf = (language: string, names = parts[language as "en"] ?? [language]) =>
  new Map(names.flatMap((name) => flat(files[`./${name}.json`]?.default ?? {})));

function flat(texts: Texts, before = ""): [string, string][] {
  return Object.entries(texts).flatMap(([name, text]): [string, string][] =>
    typeof text === "string" ? [[before + name, text]] : flat(text, `${before}${name}.`),
  );
}

// "{{count, number}}", "<b>", "</b>": what a text is filled in with.
const marks = (text: string): string[] => [...text.matchAll(/{{.*?}}|<\/?\w+>/g)].flat().sort();

const english = textsOf("en");
const isPlural = (key: string) =>
  /_(one|other)$/.test(key) && english.has(key.replace(/_\w+$/, "_other"));

// A key of English; for a number, the key of each kind of number that the language knows.
function keysOf(language: string): string[] {
  const kinds = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return [...english.keys()].flatMap((key) => {
    if (!isPlural(key)) return [key];
    return key.endsWith("_other") ? kinds.map((kind) => key.replace(/other$/, kind)) : [];
  });
}

it("has one file for each language that can be chosen", () => {
  const others = languages.filter((language) => language !== "en");
  const names = [...parts.en, ...others].map((name) => `./${name}.json`);
  expect(Object.keys(files).sort()).toEqual(names.sort());
});

// What is shown before anybody has signed in brings nothing with it whose English comes later.
it("has every text of the door in the door's file", () => {
  const sources = import.meta.glob<string>(["/src/**/*.{ts,tsx}", "!/src/**/*.test.*"], {
    eager: true,
    query: "?raw",
    import: "default",
  });
  const seen = new Set<string>();
  const visit = (module: string) => {
    if (seen.has(module) || sources[module] === undefined) return;
    seen.add(module);
    const imports = /^(?:import(?! type)|} from)[^;]*?"(\.[^"]+)";/gm;
    for (const [, from = ""] of sources[module].matchAll(imports)) {
      const path = new URL(from, `http://app${module}`).pathname;
      for (const end of [".ts", ".tsx"]) visit(path + end);
    }
  };
  const isDoor = /^\/src\/(main|accounts\/\w+Page|people\/InvitationPage)\.tsx$/;
  Object.keys(sources)
    .filter((name) => isDoor.test(name))
    .forEach(visit);
  expect(seen).toContain("/src/ui/Trouble.tsx");

  const late = Object.keys(files["./en.json"]?.default ?? {});
  const asksFor = (module: string) =>
    late.filter((section) => new RegExp(`["\`]${section}\\.[\\w$]`).test(sources[module] ?? ""));
  expect([...seen].filter((module) => asksFor(module).length > 0)).toEqual([]);
});

describe.each(languages)("%s", (language) => {
  const texts = textsOf(language);

  it("has every text, and none that nobody asks for", () => {
    expect([...texts.keys()].sort()).toEqual(keysOf(language).sort());
    expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("fills in what English fills in", () => {
    const others = [...texts].filter(([key, text]) => {
      const model = english.get(key) ?? english.get(key.replace(/_\w+$/, "_other")) ?? "";
      return marks(text).join() !== marks(model).join();
    });
    expect(others).toEqual([]);
  });
});

describe("German", () => {
  const german = textsOf("de");

  it("addresses people as Sie, with German quotation marks", () => {
    const slips = [...german].filter(([, text]) =>
      /\b(du|dein\w*|dir|dich|euch|euer|eure\w*)\b|["“][^„]*“/i.test(text.replace(/„[^“]*“/g, "")),
    );
    expect(slips).toEqual([]);
  });
});

describe("before anybody has chosen", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    [["de-AT", "en"], "de"],
    [["fr", "de-CH", "en"], "de"],
    [["en-GB", "de"], "en"],
    [["fr", "it"], "en"],
    [[], "en"],
  ])("%j reads %s", (asked, language) => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(asked);
    expect(deviceLanguage()).toBe(language);
  });

  it("keeps what is chosen at this device, or holds it while nothing can be stored", async () => {
    const store = vi.spyOn(Storage.prototype, "setItem");
    await choose("de");
    expect(store).toHaveBeenCalledWith("leadcrm.language", "de");
    expect(deviceLanguage()).toBe("de");
    store.mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    await choose("en");
    expect(deviceLanguage()).toBe("en");
  });

  it("forgets it when the browser is to decide again", async () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-DE"]);
    await choose("en");
    expect(deviceLanguage()).toBe("en");
    await choose(null);
    expect(deviceLanguage()).toBe("de");
    expect(localStorage.length).toBe(0);
  });
});

it("speaks another language once it has been fetched, and the page says so", async () => {
  await speak("de");
  expect(i18n.t("leads.count", { count: 1, text: "1" })).toBe("1 Lead");
  expect(i18n.t("leads.count", { count: 2, text: "2" })).toBe("2 Leads");
  expect(i18n.t("erasure.other", { count: 1200 })).toBe("1.200 weitere Datensätze");
  expect(document.documentElement.lang).toBe("de");
  await speak("en");
  expect(i18n.t("leads.emptyTitle")).toBe("No leads yet");
  expect(document.documentElement.lang).toBe("en");
});

it("says what was asked for last, whichever comes first", async () => {
  speak("de");
  await speak("en");
  await new Promise((rest) => setTimeout(rest, 50));
  expect(i18n.language).toBe("en");
});
