import { type ReactNode, useEffect, useId, useRef } from "react";
import styles from "./Confirm.module.css";

type Props = {
  title: string;
  children: ReactNode;
  actions: ReactNode;
  isWide?: boolean;
  close: () => void;
};

// Something in front of the screen. A <dialog> brings its own focus trap, Esc and way back.
export function Dialog({ title, children, actions, isWide = false, close }: Props) {
  const id = useId();
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog
      ref={sheet}
      className={styles.sheet}
      data-wide={isWide || undefined}
      aria-labelledby={id}
      onClose={close}
    >
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.text}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </dialog>
  );
}
