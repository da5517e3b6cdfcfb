// The texts of all screens stand in one file per language. English is part of the app, in two files:
// what is shown before anybody has signed in, and what comes with the shell. Another language is
// fetched by whoever reads it. One more is a file and a line here, besides its name in the server's
// `Language`.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Me } from "../accounts/accounts";
import { understand } from "../api/said";
import door from "./en.door.json";
import type en from "./en.json";

type Texts = typeof door & typeof en;

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: Texts };
  }
}

export type Language = NonNullable<Me["user"]["language"]>;

type Fetched = {
  texts: () => Promise<{ default: Texts }>;
  said: () => Promise<{ default: Readonly<Record<string, string>> }>; // by the server
};
const fetched: Record<Exclude<Language, "en">, Fetched> = {
  de: { texts: () => import("./de.json"), said: () => import("../api/said.de.json") },
};

export const languages = ["en", ...Object.keys(fetched)] as Language[];

// "Deutsch": whoever looks for a language knows its own name for it.
export const nameOf = (language: Language): string =>
  new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;

const kept = "leadcrm.language";

// A browser that is told to store nothing throws: then a choice lasts as long as the page.
let here = remembered();

function remembered(): Language | undefined {
  try {
    return languages.find((language) => language === localStorage.getItem(kept));
  } catch {
    return undefined;
  }
}

// What somebody has chosen at this device before signing in.
export const chosenHere = (): Language | undefined => here;

// null: as the browser asks.
export function choose(language: Language | null): Promise<void> | undefined {
  here = language ?? undefined;
  try {
    if (language === null) localStorage.removeItem(kept);
    else localStorage.setItem(kept, language);
  } catch {}
  return speak(null);
}

// What was chosen here, or else the first of those the browser asks for that there is.
export const deviceLanguage = (): Language =>
  chosenHere() ??
  navigator.languages
    .map((tag) => tag.split("-")[0])
    .map((wanted) => languages.find((language) => language === wanted))
    .find((language) => language !== undefined) ??
  "en";

i18next.on("languageChanged", (language) => {
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
});

i18next.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: door } },
  interpolation: { escapeValue: false },
});

let wanted: Language = "en";
let changing: Promise<void> | undefined;

// null: as on this device.
export function speak(language: Language | null): Promise<void> | undefined {
  const next = language ?? deviceLanguage();
  if (next === wanted) return changing;
  wanted = next;
  const change = changeTo(next).finally(() => {
    if (changing === change) changing = undefined;
  });
  changing = change;
  return changing;
}

// Done when the texts that were asked for last are here; nothing when they are. Screens wait for it,
// so that nobody sees another language first.
export const spoken = (): Promise<void> | undefined => changing;

async function changeTo(language: Language): Promise<void> {
  hear(language).catch(() => understand());
  try {
    if (language !== "en" && !i18next.hasResourceBundle(language, "translation"))
      i18next.addResourceBundle(language, "translation", (await fetched[language].texts()).default);
  } catch {
    // Out of reach. What is on screen stays readable, and the next change tries again.
    if (wanted === language) wanted = i18next.language as Language;
    return;
  }
  if (wanted === language) await i18next.changeLanguage(language);
}

// No screen waits for it: until it is here, what the server says stands in English.
async function hear(language: Language): Promise<void> {
  const sentences = language === "en" ? {} : (await fetched[language].said()).default;
  if (wanted === language) understand(sentences);
}

export const i18n = i18next;
