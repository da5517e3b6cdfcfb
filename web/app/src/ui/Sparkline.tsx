import styles from "./Sparkline.module.css";

const width = 4;
const height = 24;

// A bar for each of a row of counts. What it says stands in words beside it or in `label`.
export function Sparkline({ counts, label }: { counts: number[]; label: string }) {
  const most = Math.max(1, ...counts);
  return (
    <svg
      className={styles.line}
      width={counts.length * width}
      height={height}
      viewBox={`0 0 ${counts.length * width} ${height}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {counts.map((count, at) => {
        const tall = count === 0 ? 1 : Math.max(2, (count / most) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in the row
            key={at}
            x={at * width + 1}
            y={height - tall}
            width={width - 2}
            height={tall}
            data-none={count === 0 || undefined}
          />
        );
      })}
    </svg>
  );
}
