import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/ApiProblem";
import styles from "./Trouble.module.css";

// Something did not load: what, the server's own words why, and what to do about it.
export function Trouble({
  title,
  problem,
  retry,
}: {
  title: string;
  problem: unknown;
  retry: () => void;
}) {
  const { t } = useTranslation();
  const reasonOf = useReasonOf();
  const requestId = problem instanceof ApiProblem ? problem.requestId : undefined;
  return (
    <div className={styles.trouble} role="alert">
      <p className={styles.title}>
        <IconAlertTriangle size={18} stroke={1.6} aria-hidden="true" />
        {title}
      </p>
      <p className={styles.reason}>{reasonOf(problem)}</p>
      <div className={styles.actions}>
        <Button onClick={retry}>{t("trouble.again")}</Button>
        {requestId !== undefined && (
          <span className={styles.code}>
            {t("trouble.code")} <code>{requestId}</code>
          </span>
        )}
      </div>
    </div>
  );
}

// Why something failed, in words for the reader.
export function useReasonOf(): (problem: unknown) => string {
  const { t } = useTranslation();
  return (problem) => {
    if (!(problem instanceof ApiProblem)) return t("trouble.unknown");
    if (problem.unreachable) return t("trouble.unreachable");
    return problem.message || t("trouble.unknown");
  };
}
