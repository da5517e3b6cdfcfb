import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import { useReasonOf } from "../ui/Trouble";
import { isOnItsWay, runQuery, runsQuery, undoRun } from "./mapping";
import styles from "./ReadAgain.module.css";

// How far a run is, and when it is done, the way back.
export function RunProgress({ id }: { id: string }) {
  const { t } = useTranslation();
  const reasonOf = useReasonOf();
  const run = useQuery(runQuery(id));
  const undo = useUndo();
  if (run.data === undefined) return <Bar width="60%" />;
  const { state, total, seen, changed, kept, undone, can_undo } = run.data;
  return (
    <div className={styles.choice}>
      {isOnItsWay(run.data) && (
        <progress
          className={styles.progress}
          aria-label={t("readAgain.progress")}
          value={state === "undoing" ? undone : seen}
          max={Math.max(state === "undoing" ? changed : total, 1)}
        />
      )}
      <p role="status">
        {state === "waiting" || state === "running"
          ? t("readAgain.running", { seen, total })
          : state === "undoing"
            ? t("readAgain.undoing")
            : state === "undone"
              ? t("readAgain.undone", { count: undone })
              : t(state === "failed" ? "readAgain.failed" : "readAgain.done", { count: changed })}
      </p>
      {state === "done" && kept > 0 && <p>{t("readAgain.kept", { count: kept })}</p>}
      {undo.isError && (
        <p role="alert" className={styles.refusal}>
          {reasonOf(undo.error)}
        </p>
      )}
      {can_undo && (
        <Button className={styles.undo} loading={undo.isPending} onClick={() => undo.mutate(id)}>
          {t("readAgain.undo", { count: changed })}
        </Button>
      )}
    </div>
  );
}

export function useUndo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: undoRun,
    onSuccess: (run) => {
      cache.setQueryData(runQuery(run.id).queryKey, run);
      cache.invalidateQueries({ queryKey: runsQuery.queryKey });
    },
  });
}
