import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import styles from "./FormMapping.module.css";
import { runsQuery } from "./mapping";
import { useUndo } from "./RunProgress";

// When the leads of a form were last read again; what it changed can be taken back.
export function LastRun({ formId }: { formId: string }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const undo = useUndo();
  const run = useQuery(runsQuery).data?.find(({ form_id }) => form_id === formId);
  if (run === undefined || run.ended_at === null || run.changed === 0) return null;
  return (
    <span className={styles.quiet}>
      {run.state !== "undone"
        ? t("readAgain.done", { count: run.changed })
        : t("readAgain.undone", { count: run.undone })}{" "}
      <Ago time={run.ended_at} />
      {run.can_undo && (
        <Button
          size="sm"
          variant="subtle"
          loading={undo.isPending}
          onClick={() =>
            undo.mutate(run.id, {
              onSuccess: () => toasts.show({ text: t("readAgain.undoing") }),
              onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
            })
          }
        >
          {t("toast.undo")}
        </Button>
      )}
    </span>
  );
}
