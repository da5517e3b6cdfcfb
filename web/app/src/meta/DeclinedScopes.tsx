import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { loginAddress } from "./meta";
import type { Connection } from "./metaShapes";
import styles from "./PagesTab.module.css";

// What was not allowed in Facebook's dialog, what it would have been for, and the way to ask again.
export function DeclinedScopes({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const refused = connection.scopes.filter(({ state }) => state !== "granted");
  if (refused.length === 0) return null;
  return (
    <div className={styles.line}>
      <ul className={`${styles.scopes} ${styles.who}`} aria-label={t("connect.refused")}>
        {refused.map(({ name, state, needed_for }) => (
          <li key={name}>
            <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
            <span>
              {t(`connect.${state === "declined" ? "declined" : "missing"}`, { what: needed_for })}{" "}
              <code className={styles.quiet}>{name}</code>
            </span>
          </li>
        ))}
      </ul>
      <Button component="a" href={loginAddress()}>
        {t("connect.askAgain")}
      </Button>
    </div>
  );
}
