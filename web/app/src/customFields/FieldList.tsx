import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import { Tag } from "../ui/Tag";
import { Trouble } from "../ui/Trouble";
import { type CustomField, fieldsQuery } from "./customFields";
import { FieldChange, useFieldChange } from "./FieldChange";
import styles from "./FieldList.module.css";
import { FieldMaker } from "./FieldMaker";

// The organization's own fields: made, renamed, given options, put away and brought back.
export function FieldList() {
  const { t } = useTranslation();
  const fields = useQuery(fieldsQuery);
  const [isMaking, setIsMaking] = useState(false);
  const [opened, setOpened] = useState<string | undefined>();
  const shown = fields.data?.filter((field) => !field.is_archived) ?? [];
  const archived = fields.data?.filter((field) => field.is_archived) ?? [];
  return (
    <section className={styles.fields} aria-labelledby="own-fields">
      <header className={styles.head}>
        <h2 id="own-fields">{t("field.title")}</h2>
        {!isMaking && (
          <Button
            size="sm"
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden="true" />}
            onClick={() => setIsMaking(true)}
          >
            {t("field.make")}
          </Button>
        )}
      </header>
      {fields.isPending && <Bar width={240} />}
      {fields.isError && fields.data === undefined && (
        <Trouble title={t("field.trouble")} problem={fields.error} retry={() => fields.refetch()} />
      )}
      {isMaking && (
        <FieldMaker
          label=""
          type="text"
          options={[]}
          made={() => setIsMaking(false)}
          close={() => setIsMaking(false)}
        />
      )}
      {fields.isSuccess && shown.length === 0 && !isMaking && (
        <p className={styles.quiet}>{t("field.empty")}</p>
      )}
      {shown.length > 0 && (
        <ul className={styles.list}>
          {shown.map((field) => (
            <li key={field.id} className={styles.item}>
              <div className={styles.row}>
                <span className={styles.words} dir="auto">
                  <span className={styles.name}>{field.label}</span>
                  {field.options.length > 0 && (
                    <span className={styles.quiet}>
                      {field.options.map(({ label }) => label).join(" · ")}
                    </span>
                  )}
                </span>
                <Tag>
                  {t(`field.types.${field.type}`)}
                  {field.currency === null ? "" : ` ${field.currency}`}
                </Tag>
                <Button
                  size="sm"
                  variant="subtle"
                  aria-expanded={opened === field.id}
                  aria-label={t("field.changeOne", { field: field.label })}
                  onClick={() => setOpened(opened === field.id ? undefined : field.id)}
                >
                  {t("field.change")}
                </Button>
              </div>
              {opened === field.id && (
                <FieldChange field={field} close={() => setOpened(undefined)} />
              )}
            </li>
          ))}
        </ul>
      )}
      {archived.length > 0 && (
        <details className={styles.archived}>
          <summary>{t("field.archived", { count: archived.length })}</summary>
          <ul className={styles.list}>
            {archived.map((field) => (
              <ArchivedField key={field.id} field={field} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function ArchivedField({ field }: { field: CustomField }) {
  const { t } = useTranslation();
  const change = useFieldChange(field);
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <span className={styles.words} dir="auto">
          {field.label}
        </span>
        <Button
          size="sm"
          loading={change.isPending}
          aria-label={t("field.bringOneBack", { field: field.label })}
          onClick={() => change.mutate({ is_archived: false })}
        >
          {t("field.bringBack")}
        </Button>
      </div>
      {change.isError && (
        <p role="alert" className={styles.refusal}>
          {change.error.message}
        </p>
      )}
    </li>
  );
}
