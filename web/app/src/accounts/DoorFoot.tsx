import { IconWorld } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { choose, type Language, languages, nameOf } from "../app/i18n";
import styles from "./DoorFoot.module.css";

// Below every form outside: what the service promises, and in which language it is read.
export function DoorFoot() {
  const { t, i18n } = useTranslation();
  return (
    <footer className={styles.foot}>
      <span className={styles.name}>© {new Date().getFullYear()} Lead CRM</span>
      <nav className={styles.links} aria-label={t("door.promises")}>
        <a href="/privacy">{t("door.privacy")}</a>
        <a href="/terms">{t("door.terms")}</a>
        <a href="/data-deletion">{t("door.deletion")}</a>
      </nav>
      <label className={styles.language}>
        <IconWorld size={14} stroke={1.6} aria-hidden="true" />
        <select
          aria-label={t("door.language")}
          value={i18n.language}
          onChange={(event) => choose(event.currentTarget.value as Language)}
        >
          {languages.map((language) => (
            <option key={language} value={language} lang={language}>
              {nameOf(language)}
            </option>
          ))}
        </select>
      </label>
    </footer>
  );
}
