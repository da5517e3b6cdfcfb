import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./FormActions.module.css";

type Props = {
  act: string;
  busy: boolean;
  size?: "sm";
  close: () => void;
  children?: ReactNode; // what else can be done here
};

// The end of a form that was opened in its place: do it, or leave everything as it is.
export function FormActions({ act, busy, size, close, children }: Props) {
  const { t } = useTranslation();
  const sized = size === undefined ? {} : { size };
  return (
    <div className={styles.actions}>
      <Button type="submit" variant="filled" loading={busy} {...sized}>
        {act}
      </Button>
      <Button variant="subtle" onClick={close} {...sized}>
        {t("confirm.cancel")}
      </Button>
      {children}
    </div>
  );
}
