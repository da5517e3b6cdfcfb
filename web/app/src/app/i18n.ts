import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

// All texts stand in one file per language. Another language is another file and one line here.
i18next.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
});
document.documentElement.lang = i18next.language;
document.documentElement.dir = i18next.dir();

export const i18n = i18next;
