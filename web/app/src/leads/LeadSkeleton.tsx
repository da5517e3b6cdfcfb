import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import styles from "./LeadTable.module.css";

const widths = [112, 86, 99, 77, 104, 92];

// The list before it is there: grey bars exactly where the leads will be.
export function LeadSkeleton({ rows }: { rows: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.table} role="status" aria-label={t("leads.loading")}>
      <div className={styles.head} aria-hidden="true" />
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className={styles.row} data-skeleton aria-hidden="true">
          <span className={styles.age}>
            <Bar width={36} />
          </span>
          <span className={styles.name}>
            <Bar width={widths[row % 6]} />
          </span>
          <span className={styles.form}>
            <Bar width={(widths[(row + 2) % 6] ?? 0) + 20} />
          </span>
          <span className={styles.stage}>
            <Bar width={64} />
          </span>
          <span className={styles.owner} />
          <span className={styles.phone}>
            <Bar width={104} />
          </span>
          <span className={styles.answers}>
            <Bar width={`${40 + ((row * 17) % 40)}%`} />
          </span>
        </div>
      ))}
    </div>
  );
}
