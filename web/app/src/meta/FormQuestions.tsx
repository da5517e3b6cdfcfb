import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldsQuery } from "../customFields/customFields";
import styles from "./FormsTab.module.css";
import type { FormQuestion } from "./metaShapes";

// What a form asks, as people read it, and which field of a lead each answer becomes.
export function FormQuestions({ questions }: { questions: FormQuestion[] }) {
  const { t } = useTranslation();
  const fields = useQuery(fieldsQuery).data ?? [];
  if (questions.length === 0) return <p className={styles.meta}>{t("forms.noQuestions")}</p>;
  return (
    <table className={styles.questions}>
      <thead>
        <tr>
          <th scope="col">{t("forms.question")}</th>
          <th scope="col">{t("forms.answer")}</th>
          <th scope="col">{t("forms.becomes")}</th>
        </tr>
      </thead>
      <tbody>
        {questions.map(({ key, label, options, maps_to, field_id }) => (
          <tr key={key}>
            <th scope="row">
              {label || key}
              {label !== "" && label !== key && <code className={styles.key}>{key}</code>}
            </th>
            <td>
              {options.length > 0
                ? options.map(({ value }) => value).join(", ")
                : t("forms.freeText")}
            </td>
            <td>{becomes(maps_to, field_id)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );

  function becomes(field: string | null, fieldId: string | null) {
    const own = fields.find(({ id }) => id === fieldId);
    if (own !== undefined) return own.label;
    const known = (["name", "first_name", "last_name", "email", "phone"] as const).find(
      (name) => name === field,
    );
    if (known !== undefined) return t(`forms.field.${known}`);
    return field ?? <span className={styles.meta}>{t("forms.kept")}</span>;
  }
}
