import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answerOf, api } from "../api/client";
import { Box } from "../ui/Box";
import { Trouble } from "../ui/Trouble";
import { dayOf } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { PersonRights } from "./PersonRights";
import styles from "./PrivacySection.module.css";

const shownMax = 20;

// Finding whoever asks what is kept about them. For owners.
export function PersonBox() {
  const { t } = useTranslation();
  const locale = useLocale();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed.trim(), 250);
  const found = useQuery({
    queryKey: ["person", text],
    queryFn: async ({ signal }) =>
      (
        await answerOf(
          api.GET("/api/v1/leads", { params: { query: { q: text, limit: shownMax } }, signal }),
        )
      ).data,
    enabled: text.length >= 2,
  });
  return (
    <Box title={t("person.title")}>
      <p className={styles.text}>{t("person.about")}</p>
      <TextInput
        className={styles.find}
        label={t("person.find")}
        placeholder={t("person.findHint")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        type="search"
      />
      {found.isError && (
        <Trouble title={t("person.trouble")} problem={found.error} retry={() => found.refetch()} />
      )}
      {found.isSuccess && found.data.length === 0 && (
        <p className={styles.text} role="status">
          {t("person.nobody")}
        </p>
      )}
      {found.isSuccess && found.data.length > 0 && (
        <ul className={styles.list} aria-label={t("person.found")} aria-live="polite">
          {found.data.map((lead) => (
            <li key={lead.id} className={styles.export}>
              <div className={styles.about}>
                <p className={styles.what}>
                  {lead.name || t("lead.nameless", { number: lead.number })}
                </p>
                <p className={styles.sum}>
                  {[lead.phone ?? lead.phone_raw, lead.email].filter(Boolean).join(" · ")}
                </p>
                <p className={styles.sum}>
                  {lead.source.form_name} · {dayOf(lead.submitted_at, locale)}
                </p>
              </div>
              <PersonRights id={lead.id} name={lead.name} />
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
