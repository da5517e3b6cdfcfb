import type { ReactNode } from "react";
import styles from "./Tag.module.css";

type Props = { tone?: "plain" | "accent" | "ok" | "soon" | "over"; children: ReactNode };

export function Tag({ tone = "plain", children }: Props) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  );
}
