import { Button } from "@mantine/core";
import { IconDownload, IconEraser } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErasePersonDialog } from "./ErasePersonDialog";
import styles from "./PrivacySection.module.css";
import { accessFileAddress } from "./person";

// What an owner does when the person asks: hand over everything, or erase it.
export function PersonRights({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.actions}>
      <Button
        component="a"
        href={accessFileAddress(id)}
        download
        leftSection={<IconDownload size={16} stroke={1.6} aria-hidden="true" />}
      >
        {t("person.accessFile")}
      </Button>
      <Button
        className={styles.risky}
        leftSection={<IconEraser size={16} stroke={1.6} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t("person.erase")}
      </Button>
      {asking && <ErasePersonDialog id={id} name={name} close={() => setAsking(false)} />}
    </div>
  );
}
