import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Box } from "../ui/Box";
import { DeletionDialog } from "./DeletionDialog";
import { deletionQuery } from "./deletion";
import styles from "./PrivacySection.module.css";

// What deleting the organization means, and the way to it. For owners.
export function DeletionBox() {
  const { t } = useTranslation();
  const deletion = useQuery(deletionQuery).data;
  const [asking, setAsking] = useState(false);
  const isOrdered = deletion !== undefined && deletion.state !== "none";
  return (
    <Box title={t("deletion.title")}>
      <p className={styles.text}>{t("deletion.about")}</p>
      <ul className={styles.consequences}>
        <li>{t("deletion.what.rows")}</li>
        <li>{t("deletion.what.meta")}</li>
        <li>{t("deletion.what.people")}</li>
        <li>{t("deletion.what.left")}</li>
      </ul>
      {isOrdered ? (
        <p className={styles.text}>
          {t("deletion.code")} <code>{deletion.confirmation_code}</code>
        </p>
      ) : (
        <div className={styles.actions}>
          <Button className={styles.risky} onClick={() => setAsking(true)}>
            {t("deletion.begin")}
          </Button>
        </div>
      )}
      {asking && <DeletionDialog close={() => setAsking(false)} />}
    </Box>
  );
}
