import type { ReactNode } from "react";
import styles from "./PageBar.module.css";

type Props = { title: string; end?: ReactNode; children?: ReactNode };

// The top of a screen: its name, what belongs to all of it, and at the end how it is.
export function PageBar({ title, end, children }: Props) {
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.middle}>{children}</div>
      {end}
    </header>
  );
}
