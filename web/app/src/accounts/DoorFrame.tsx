import type { ReactNode } from "react";
import { Logo } from "../ui/Logo";
import { DoorFoot } from "./DoorFoot";
import styles from "./DoorFrame.module.css";

type Props = { title: string; welcome: string; wide?: boolean; children: ReactNode };

// The page around signing in and registering: the clock at twelve minutes past, and one form.
export function DoorFrame({ title, welcome, wide = false, children }: Props) {
  return (
    <main className={styles.page}>
      {!wide && <Dial />}
      <div className={styles.form} data-wide={wide || undefined}>
        <header className={styles.head}>
          <Logo size={40} />
          <div>
            <h1 className={styles.title}>{title}</h1>
            <p className={styles.welcome}>{welcome}</p>
          </div>
        </header>
        {children}
      </div>
      <DoorFoot />
    </main>
  );
}

const minutes = Array.from({ length: 60 }, (_, minute) => minute);

function Dial() {
  return (
    <svg className={styles.dial} viewBox="0 0 900 900" fill="none" aria-hidden="true">
      <circle cx="450" cy="450" r="360" stroke="var(--border)" />
      <g stroke="var(--border-strong)">
        {minutes.map((minute) => (
          <line
            key={minute}
            x1="450"
            x2="450"
            y1="58"
            y2={minute % 5 === 0 ? 38 : 46}
            transform={`rotate(${minute * 6} 450 450)`}
          />
        ))}
      </g>
      <path
        d="M792.4 338.8A360 360 0 1 1 450 90"
        stroke="var(--accent)"
        strokeWidth="2.5"
        strokeLinecap="round"
        opacity=".9"
      />
    </svg>
  );
}
