import { useTranslation } from "react-i18next";
import { Tag } from "../ui/Tag";
import { clockTime, exactTime, later } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { AnswerList } from "./AnswerList";
import type { LeadRecord, Submission } from "./leads";
import { SourceMark } from "./SourceMark";
import styles from "./SubmissionList.module.css";

// Every form this person has sent, newest first: when it was sent, when it reached us, when it was
// first seen. What was agreed to: LeadConsent.
export function SubmissionList({ record }: { record: LeadRecord }) {
  const newestFirst = record.submissions.toSorted((a, b) =>
    b.submitted_at.localeCompare(a.submitted_at),
  );
  return (
    <ol className={styles.list}>
      {newestFirst.map((submission) => (
        <OneSubmission
          key={submission.id}
          submission={submission}
          visibleAt={submission.submitted_at === record.submitted_at ? record.visible_at : null}
          withAnswers={newestFirst.length > 1}
        />
      ))}
    </ol>
  );
}

type Props = { submission: Submission; visibleAt: string | null; withAnswers: boolean };

function OneSubmission({ submission, visibleAt, withAnswers }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { submitted_at, received_at } = submission;
  const steps = [
    { name: t("submission.submitted"), at: submitted_at, after: undefined },
    { name: t("submission.received"), at: received_at, after: later(submitted_at, received_at) },
    ...(visibleAt === null
      ? []
      : [{ name: t("submission.visible"), at: visibleAt, after: later(received_at, visibleAt) }]),
  ];
  return (
    <li className={styles.submission}>
      <p className={styles.form}>
        <SourceMark source={submission.source} />
        <span>{submission.form_name ?? t("submission.noForm")}</span>
        {submission.is_test && <Tag>{t("lead.test")}</Tag>}
      </p>
      <dl className={styles.steps}>
        {steps.map(({ name, at, after }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <time dateTime={at} title={exactTime(at, locale)}>
                {clockTime(at, locale)}
              </time>
              <span className={styles.after}>{after}</span>
            </dd>
          </div>
        ))}
      </dl>
      {withAnswers && submission.answers.length > 0 && <AnswerList answers={submission.answers} />}
    </li>
  );
}
