import type { CSSProperties } from "react";
import styles from "./Bar.module.css";

// A grey bar where text will be. Bars stand in the real layout, so nothing moves when it loads.
export function Bar({ width }: { width: CSSProperties["width"] }) {
  return <span className={styles.bar} style={{ width }} />;
}
