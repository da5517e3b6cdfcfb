import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./Banner.module.css";

type Props = {
  // look: somebody looks at what is another's. over: something ends. quiet: a reminder.
  tone: "look" | "over" | "quiet";
  icon: Icon;
  title: string;
  children?: ReactNode;
  // Why what its button asked for did not happen.
  problem?: string | undefined;
  end?: ReactNode;
};

// Above every screen, as long as something holds: what, and what can be done about it.
export function Banner({ tone, icon: Picture, title, children, problem, end }: Props) {
  return (
    <div className={`${styles.banner} ${styles[tone]}`} role="status">
      <Picture size={18} stroke={1.6} aria-hidden="true" />
      <p className={styles.text}>
        <b>{title}</b> {children}
        {problem !== undefined && <span role="alert"> {problem}</span>}
      </p>
      {end && <div className={styles.end}>{end}</div>}
    </div>
  );
}
