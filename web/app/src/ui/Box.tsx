import { type ReactNode, useId } from "react";
import styles from "./Box.module.css";

type Props = { title: string; hint?: ReactNode; children: ReactNode };

// One thing at the side of a screen, with its name.
export function Box({ title, hint, children }: Props) {
  const id = useId();
  return (
    <section className={styles.box} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {hint !== undefined && <span className={styles.hint}>{hint}</span>}
      </header>
      {children}
    </section>
  );
}
