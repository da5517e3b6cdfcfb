import { IconSquare, IconSquareCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { exactTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import styles from "./LeadConsent.module.css";
import { formVersionsQuery, type LeadRecord, type Submission } from "./leads";

// What the person agreed to with each form: what was shown, what was ticked, and when.
export function LeadConsent({ record }: { record: LeadRecord }) {
  return (
    <ol className={styles.list}>
      {record.submissions.map((submission) => (
        <OneConsent key={submission.id} submission={submission} />
      ))}
    </ol>
  );
}

function OneConsent({ submission }: { submission: Submission }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { form_id, form_version, disclaimers } = submission;
  const versions = useQuery({
    ...formVersionsQuery(form_id ?? ""),
    enabled: form_id !== null && form_version !== null,
  });
  const form = versions.data?.find(({ version }) => version === form_version);
  return (
    <li className={styles.consent}>
      <p className={styles.when}>
        {t("consent.sent", {
          form: submission.form_name ?? t("submission.noForm"),
          time: exactTime(submission.submitted_at, locale),
        })}
      </p>
      {form?.disclaimer_title && <p className={styles.title}>{form.disclaimer_title}</p>}
      {form?.disclaimer_text && <p className={styles.shown}>{form.disclaimer_text}</p>}
      {disclaimers.length === 0 ? (
        <p className={styles.quiet}>{t("consent.nothingAsked")}</p>
      ) : (
        <ul className={styles.boxes} aria-label={t("submission.consent")}>
          {disclaimers.map(({ key, text, is_checked }) => {
            const Box = is_checked ? IconSquareCheck : IconSquare;
            return (
              <li key={key}>
                <Box size={16} stroke={1.6} aria-hidden="true" />
                <span>
                  <span className="vh">
                    {is_checked ? t("submission.agreed") : t("submission.notAgreed")}{" "}
                  </span>
                  {text || key}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {form && (
        <p className={styles.quiet}>
          {isWebAddress(form.privacy_url) && (
            <>
              <a href={form.privacy_url} target="_blank" rel="noopener noreferrer">
                {form.privacy_text ?? t("consent.policy")}
              </a>
              {" · "}
            </>
          )}
          {t("consent.version", { version: form.version, time: exactTime(form.read_at, locale) })}
        </p>
      )}
      {form_version === null && <p className={styles.quiet}>{t("consent.notKept")}</p>}
      {versions.isError && <p className={styles.quiet}>{t("consent.trouble")}</p>}
    </li>
  );
}

// It comes from a form, so it may be anything.
const isWebAddress = (text: string | null): text is string =>
  text !== null && /^https?:\/\//i.test(text);
