import { useQuery } from "@tanstack/react-query";
import { type Stage, stagesQuery } from "./leads";
import styles from "./StageMark.module.css";

// How far a lead has come: four bars filled to the position. Won is green, lost is struck out.
export function StageMark({ stage }: { stage: Pick<Stage, "id" | "name" | "kind"> }) {
  const stages = useQuery(stagesQuery).data ?? [];
  const open = stages.filter(({ kind }) => kind === "new" || kind === "open");
  const position = open.findIndex(({ id }) => id === stage.id);
  const full =
    stage.kind === "won"
      ? 4
      : position < 0
        ? 0
        : Math.max(1, Math.round(((position + 1) / open.length) * 4));
  return (
    <span className={styles.stage} data-kind={stage.kind}>
      <span className={styles.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} data-full={bar <= full || undefined} />
        ))}
      </span>
      <span className={styles.name}>{stage.name}</span>
    </span>
  );
}
