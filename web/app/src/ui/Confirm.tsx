import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Confirm.module.css";
import { Dialog } from "./Dialog";

type Props = {
  title: string;
  // What will happen, and what stays.
  children: ReactNode;
  act: string;
  keep?: string; // where "Keep it" is not what one would say
  busy?: boolean;
  onAct: () => void;
  close: () => void;
};

// A question before something that is not undone with one click.
export function Confirm({ title, children, act, keep, busy = false, onAct, close }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={title}
      close={close}
      actions={
        <>
          <Button variant="subtle" onClick={close}>
            {keep ?? t("confirm.keep")}
          </Button>
          <Button className={styles.risky} loading={busy} onClick={onAct}>
            {act}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
