import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formsQuery } from "../leads/leads";
import { Box } from "../ui/Box";
import { Trouble } from "../ui/Trouble";
import { dayOf } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import styles from "./PrivacySection.module.css";
import { RetentionDialog } from "./RetentionDialog";
import { retentionQuery } from "./retention";

// For how long leads are kept. For owners.
export function RetentionBox() {
  const { t } = useTranslation();
  const locale = useLocale();
  const rules = useQuery(retentionQuery);
  const forms = useQuery(formsQuery).data ?? [];
  const [setting, setSetting] = useState<{ formId: string | null; months: number }>();
  const nameOf = (formId: string | null) =>
    formId === null
      ? t("retention.others")
      : (forms.find(({ form_id }) => form_id === formId)?.name ?? formId);
  return (
    <Box title={t("retention.title")}>
      <p className={styles.text}>{t("retention.about")}</p>
      {rules.isError && (
        <Trouble
          title={t("retention.trouble")}
          problem={rules.error}
          retry={() => rules.refetch()}
        />
      )}
      {rules.isSuccess && rules.data.length === 0 && (
        <p className={styles.text}>{t("retention.none")}</p>
      )}
      {rules.isSuccess && rules.data.length > 0 && (
        <ul className={styles.list} aria-label={t("retention.rules")}>
          {rules.data.map((rule) => (
            <li key={rule.form_id} className={styles.export}>
              <div className={styles.about}>
                <p className={styles.what}>{nameOf(rule.form_id)}</p>
                <p className={styles.sum}>
                  {t("retention.months", { count: rule.months })} ·{" "}
                  {t(
                    Date.parse(rule.begins_at) > Date.now()
                      ? "retention.begins"
                      : "retention.began",
                    { day: dayOf(rule.begins_at, locale) },
                  )}
                </p>
              </div>
              <Button
                aria-label={t("retention.changeOf", { form: nameOf(rule.form_id) })}
                onClick={() => setSetting({ formId: rule.form_id, months: rule.months })}
              >
                {t("retention.change")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        <Button onClick={() => setSetting({ formId: null, months: 24 })}>
          {t("retention.set")}
        </Button>
      </div>
      {setting && (
        <RetentionDialog
          {...setting}
          forms={forms.map(({ form_id, name }) => ({ value: form_id, label: name }))}
          rules={rules.data ?? []}
          close={() => setSetting(undefined)}
        />
      )}
    </Box>
  );
}
