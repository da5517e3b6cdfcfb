import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { useLocale } from "../ui/useLocale";
import type { Backfill } from "./metaShapes";
import styles from "./PagesTab.module.css";

// How far the reading of everything that Meta still holds has come.
export function BackfillProgress({ backfill }: { backfill: Backfill }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { state, found, stored, ended_at } = backfill;
  const number = (value: number) => new Intl.NumberFormat(locale.tag).format(value);
  const isRunning = state === "running" || state === "waiting";
  return (
    <p className={styles.fill} role={isRunning ? "status" : undefined}>
      {isRunning && (
        // How much there is shows only on the way, so the bar has no end.
        <progress aria-label={t("backfill.label")} />
      )}
      <span>
        {t(`backfill.${state}`, { count: found, found: number(found), stored: number(stored) })}
      </span>
      {state === "done" && ended_at !== null && <Ago time={ended_at} />}
    </p>
  );
}
