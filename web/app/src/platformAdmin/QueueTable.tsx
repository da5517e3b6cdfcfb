import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import type { QueueLine } from "./platform";
import styles from "./platform.module.css";

// Work that waits, by kind.
export function QueueTable({ lines }: { lines: QueueLine[] }) {
  const { t } = useTranslation();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("platform.healthPage.kind")}</th>
          <th scope="col">{t("platform.healthPage.state")}</th>
          <th scope="col" className={styles.number}>
            {t("platform.healthPage.count")}
          </th>
          <th scope="col">{t("platform.healthPage.due")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ kind, state, count, oldest }) => (
          <tr key={`${kind} ${state}`}>
            <td>{kind}</td>
            <td>{state}</td>
            <td className={styles.number}>{count}</td>
            <td>{oldest === null ? "–" : <Ago time={oldest} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
