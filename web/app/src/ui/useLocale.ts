import { useTranslation } from "react-i18next";

// How numbers and times are written: the reader's own regional habits (13:58 or 1:58 PM), as long
// as they are in the language of the screen.
export function useLocale(): string {
  const { i18n } = useTranslation();
  return (
    navigator.languages.find((language) => language.split("-")[0] === i18n.language) ??
    i18n.language
  );
}
