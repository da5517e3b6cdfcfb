import type { InputHTMLAttributes } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/ApiProblem";
import type { CustomField, FieldType } from "../customFields/customFields";
import { inputText } from "../customFields/fieldText";
import { CheckList } from "../ui/CheckList";
import { useReasonOf } from "../ui/Trouble";
import styles from "./CustomFields.module.css";
import { InlineEdit } from "./InlineEdit";
import { useCustomChange, useTypedChange } from "./leadChanges";
import type { Lead } from "./leads";

const inputs: Partial<Record<FieldType, InputHTMLAttributes<HTMLInputElement>>> = {
  number: { type: "text", inputMode: "decimal" },
  money: { type: "text", inputMode: "decimal" },
  date: { type: "date" },
  date_time: { type: "datetime-local" },
  phone: { type: "tel", inputMode: "tel" },
  email: { type: "email", inputMode: "email" },
  link: { type: "url", inputMode: "url" },
};

type Props = { lead: Lead; field: CustomField };

// A custom field that is edited where it stands, by its type.
export function CustomFieldEdit({ lead, field }: Props) {
  switch (field.type) {
    case "yes_no":
    case "select":
      return <ChoiceEdit lead={lead} field={field} />;
    case "multi_select":
      return <ChoicesEdit lead={lead} field={field} />;
    default:
      return <TypedEdit lead={lead} field={field} />;
  }
}

function TypedEdit({ lead, field }: Props) {
  const save = useTypedChange(field);
  return (
    <InlineEdit
      lead={lead}
      label={field.currency === null ? field.label : `${field.label} (${field.currency})`}
      known={inputText(field, lead.custom[field.key])}
      name={`custom.${field.key}`}
      input={{ autoComplete: "off", ...(inputs[field.type] ?? { type: "text" }) }}
      isLong={field.type === "long_text"}
      save={save}
      textOf={(theirs) => inputText(field, theirs.custom[field.key])}
    />
  );
}

function ChoiceEdit({ lead, field }: Props) {
  const { t } = useTranslation();
  const save = useCustomChange(field.key);
  const isYesNo = field.type === "yes_no";
  const options = isYesNo
    ? [
        { key: "true", label: t("field.yes") },
        { key: "false", label: t("field.no") },
      ]
    : field.options;
  const known = lead.custom[field.key];
  const chosen = save.isPending ? save.variables.value : known;
  return (
    <>
      <select
        className={styles.choice}
        aria-label={field.label}
        value={chosen === null || chosen === undefined ? "" : String(chosen)}
        onChange={({ currentTarget: { value } }) =>
          save.mutate({
            lead,
            value: value === "" ? null : isYesNo ? value === "true" : value,
          })
        }
      >
        <option value="">{t("field.none")}</option>
        {options.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      <Refusal problem={save.error} name={`custom.${field.key}`} />
    </>
  );
}

function ChoicesEdit({ lead, field }: Props) {
  const { t } = useTranslation();
  const save = useCustomChange(field.key);
  const known = save.isPending ? save.variables.value : lead.custom[field.key];
  const chosen = Array.isArray(known) ? known.map(String) : [];
  const labels = field.options.filter(({ key }) => chosen.includes(key)).map(({ label }) => label);
  return (
    <>
      <details className={styles.several}>
        <summary>
          {labels.length > 0 ? (
            labels.join(", ")
          ) : (
            <span className={styles.empty}>{t("contact.add")}</span>
          )}
        </summary>
        <CheckList
          label={field.label}
          choices={field.options.map(({ key, label }) => ({ value: key, label }))}
          chosen={chosen}
          change={(next) => save.mutate({ lead, value: next.length > 0 ? next : null })}
        />
      </details>
      <Refusal problem={save.error} name={`custom.${field.key}`} />
    </>
  );
}

function Refusal({ problem, name }: { problem: Error | null; name: string }) {
  const { t } = useTranslation();
  const reasonOf = useReasonOf();
  if (problem === null) return null;
  return (
    <p className={styles.note} role="alert">
      {problem instanceof ApiProblem
        ? (problem.fields.get(name) ?? reasonOf(problem))
        : t("field.conflict")}
    </p>
  );
}
