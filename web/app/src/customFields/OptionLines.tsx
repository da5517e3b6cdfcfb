import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./FieldMaker.module.css";

// Options as lines of a text: quicker than a row of inputs, and a list can be pasted.
export function OptionLines({ label, required = false }: { label: string; required?: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.lines}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        name="options"
        rows={4}
        required={required}
        aria-describedby={`${id}-hint`}
        dir="auto"
      />
      <p id={`${id}-hint`} className={styles.options}>
        {t("field.optionHint")}
      </p>
    </div>
  );
}

export const optionsIn = (form: FormData): { label: string }[] =>
  String(form.get("options") ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((label) => ({ label }));
