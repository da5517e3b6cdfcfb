import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone } from "./timeZone";

// How times and numbers are written: a language with its regional habits (13:58 or 1:58 PM), and the
// clock they are read from.
export type Locale = { tag: string; timeZone: string };

// The reader's own regional habits, as long as they are in the language of the screen.
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  const timeZone = useTimeZone();
  const { language } = i18n;
  return useMemo(
    () => ({
      tag: navigator.languages.find((each) => each.split("-")[0] === language) ?? language,
      timeZone,
    }),
    [language, timeZone],
  );
}

// A word that stands in a label, within a sentence. German writes nouns large everywhere.
export const inSentence = (word: string, { tag }: Locale): string =>
  tag.startsWith("de") ? word : word.toLocaleLowerCase(tag);
