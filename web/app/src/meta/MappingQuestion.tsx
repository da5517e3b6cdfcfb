import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { usedFieldsQuery } from "../customFields/customFields";
import { FieldMaker } from "../customFields/FieldMaker";
import { Tag } from "../ui/Tag";
import { inSentence, useLocale } from "../ui/useLocale";
import styles from "./FormMapping.module.css";
import { contactTargets, type MappedQuestion, type Place } from "./mapping";

const makeNew = "make";

type Props = { question: MappedQuestion; place: Place; choose: (place: Place) => void };

// One question: its words, the last answers, and where they go.
export function MappingQuestion({ question, place, choose }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const id = useId();
  const fields = useQuery(usedFieldsQuery).data ?? [];
  const [isMaking, setIsMaking] = useState(false);
  const { label, key, type, options, proposal, last_answers } = question;
  const asksForField = question.is_new && place === "answer" && !isMaking;
  const known = fields.find((field) => field.id === proposal.field_id);
  return (
    <li className={styles.question} data-new={question.is_new || undefined}>
      <div className={styles.words}>
        <p className={styles.label} id={id} dir="auto">
          {label || key}
        </p>
        {question.is_new && <Tag tone="accent">{t("mapping.new")}</Tag>}
        {type === "" && <p className={styles.quiet}>{t("mapping.unasked")}</p>}
        {options.length > 0 && (
          <p className={styles.quiet} dir="auto">
            {options.map(({ value, key: own }) => value || own).join(" · ")}
          </p>
        )}
      </div>
      <div className={styles.answers} data-caption={t("mapping.answers")}>
        {last_answers.length === 0 ? (
          <p className={styles.quiet}>{t("mapping.noAnswers")}</p>
        ) : (
          <ul aria-label={t("mapping.answers")}>
            {last_answers.map((answer, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same answer may stand twice
              <li key={place} dir="auto">
                {answer}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={styles.place} data-caption={t("forms.becomes")}>
        <select
          className={styles.select}
          aria-label={t("mapping.becomes", { question: label || key })}
          value={isMaking ? makeNew : place}
          onChange={({ currentTarget: { value } }) => {
            setIsMaking(value === makeNew);
            if (value !== makeNew) choose(value);
          }}
        >
          <option value="answer">{t("forms.kept")}</option>
          <optgroup label={t("lead.contact")}>
            {contactTargets.map((target) => (
              <option key={target} value={target}>
                {t(`forms.field.${target}`)}
              </option>
            ))}
          </optgroup>
          {fields.length > 0 && (
            <optgroup label={t("field.title")}>
              {fields.map((field) => (
                <option key={field.id} value={field.id}>
                  {field.label}
                </option>
              ))}
            </optgroup>
          )}
          <option value={makeNew}>{t("mapping.make")}</option>
        </select>
        {asksForField &&
          (known ? (
            <Button size="sm" onClick={() => choose(known.id)}>
              {t("mapping.use", { field: known.label })}
            </Button>
          ) : (
            <Button size="sm" onClick={() => setIsMaking(true)}>
              {t("mapping.propose", {
                type: inSentence(t(`field.types.${proposal.type}`), locale),
              })}
            </Button>
          ))}
      </div>
      {isMaking && (
        <div className={styles.maker}>
          <FieldMaker
            label={proposal.label}
            type={proposal.type}
            options={proposal.options}
            made={(field) => {
              choose(field.id);
              setIsMaking(false);
            }}
            close={() => setIsMaking(false)}
          />
        </div>
      )}
    </li>
  );
}
