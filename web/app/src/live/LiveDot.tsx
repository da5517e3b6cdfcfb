import { useTranslation } from "react-i18next";
import { exactTime, shortTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import styles from "./LiveDot.module.css";
import { useLiveStatus } from "./LiveStatus";

// Whether news arrive by themselves. When not, since when what is on screen may be old.
export function LiveDot() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { state, at } = useLiveStatus();
  const time =
    at === undefined ? undefined : shortTime(new Date(at).toISOString(), Date.now(), locale);
  return (
    <span
      className={styles.live}
      data-state={state}
      role="status"
      title={
        at === undefined
          ? t("live.never")
          : t("live.lastUpdate", { time: exactTime(new Date(at).toISOString(), locale) })
      }
    >
      {state === "live" || time === undefined
        ? t(`live.${state}`)
        : t("live.since", { state: t(`live.${state}`), time })}
    </span>
  );
}
