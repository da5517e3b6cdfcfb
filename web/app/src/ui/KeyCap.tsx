import type { ReactNode } from "react";
import styles from "./KeyCap.module.css";

// A key of the keyboard, drawn where it can be pressed. Hidden from screen readers: the control
// beside it says the same with aria-keyshortcuts.
export function KeyCap({ children }: { children: ReactNode }) {
  return (
    <span className={styles.cap} aria-hidden="true">
      {children}
    </span>
  );
}
