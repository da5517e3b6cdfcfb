import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Confirm.module.css";

type Props = {
  title: string;
  // What will happen, and what stays.
  children: ReactNode;
  act: string;
  busy?: boolean;
  onAct: () => void;
  close: () => void;
};

// A question before something that is not undone with one click. A <dialog> brings its own focus
// trap, Esc and way back.
export function Confirm({ title, children, act, busy = false, onAct, close }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} className={styles.sheet} aria-labelledby={id} onClose={close}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.text}>{children}</div>
      <div className={styles.actions}>
        <Button variant="subtle" onClick={close}>
          {t("confirm.keep")}
        </Button>
        <Button className={styles.risky} loading={busy} onClick={onAct}>
          {act}
        </Button>
      </div>
    </dialog>
  );
}
