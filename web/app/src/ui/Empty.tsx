import type { ReactNode } from "react";
import styles from "./Empty.module.css";

type Props = { ring: ReactNode; title: string; text: string; children?: ReactNode };

// Nothing here: a ring, what is true, and one thing to do.
export function Empty({ ring, title, text, children }: Props) {
  return (
    <div className={styles.empty}>
      {ring}
      <div>
        <p className={styles.title}>{title}</p>
        <p className={styles.text}>{text}</p>
      </div>
      {children}
    </div>
  );
}
