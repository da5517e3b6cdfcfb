import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import type { Health } from "./platform";
import styles from "./platform.module.css";

// What runs here, since when, on what, and how old its newest backup is.
export function ServerFacts({ server }: { server: Health["server"] }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.facts}>
      <dt>{t("platform.server.version")}</dt>
      <dd>{server.version}</dd>
      <dt>{t("platform.server.started")}</dt>
      <dd>
        <Ago time={server.started_at} />
      </dd>
      <dt>{t("platform.server.database")}</dt>
      <dd>{server.database}</dd>
      <dt>{t("platform.server.migration")}</dt>
      <dd>{server.migration}</dd>
      <dt>{t("platform.server.backup")}</dt>
      <dd>
        {server.newest_backup_at === null ? (
          t("platform.server.noBackup")
        ) : (
          <Ago time={server.newest_backup_at} />
        )}
      </dd>
    </dl>
  );
}
