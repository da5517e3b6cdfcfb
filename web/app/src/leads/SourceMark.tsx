import { useTranslation } from "react-i18next";
import type { Source } from "./leads";
import styles from "./SourceMark.module.css";

const marks: Record<string, string> = { fb: "FB", ig: "IG", msg: "MSG", wa: "WA", import: "CSV" };

// Where a lead came from: grey letters, never a coloured logo.
export function SourceMark({ source }: { source: Source }) {
  const { t } = useTranslation();
  const from = source.platform ?? source.channel;
  const name =
    from === "fb" || from === "ig" || from === "import" || from === "sample"
      ? t(`source.${from}`)
      : from;
  const letters = marks[from] ?? from.slice(0, 3).toUpperCase();
  return (
    <span className={styles.mark} title={name} role="img" aria-label={name}>
      {letters}
    </span>
  );
}
