import type { ReactNode } from "react";
import styles from "./ClockRing.module.css";

// Stroke by size, as everywhere in the product.
const strokes = { 16: 2, 28: 2.5, 44: 3, 56: 3.5, 72: 4 } as const;

type Props = {
  size: keyof typeof strokes;
  // `waiting`: nobody has answered and nobody promised when; a plain track, since a ring that
  // empties would claim a deadline. `met`: done, with a check.
  state: "waiting" | "met";
  children?: ReactNode;
};

// The ring of the product. Nothing else is drawn as a ring of this weight.
export function ClockRing({ size, state, children }: Props) {
  const stroke = strokes[size];
  const radius = (size - stroke) / 2;
  const middle = size / 2;
  return (
    <span className={styles.ring} data-state={state} data-size={size}>
      <svg
        width={size}
        height={size}
        viewBox={`0 0 ${size} ${size}`}
        fill="none"
        aria-hidden="true"
      >
        <circle className={styles.track} cx={middle} cy={middle} r={radius} strokeWidth={stroke} />
        {state === "met" && (
          <path
            className={styles.check}
            d={`M${middle * 0.68} ${middle * 1.02}l${middle * 0.22} ${middle * 0.22} ${middle * 0.42} -${middle * 0.47}`}
            strokeWidth={2.6}
          />
        )}
      </svg>
      {children}
    </span>
  );
}
