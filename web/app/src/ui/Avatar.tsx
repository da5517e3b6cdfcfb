import styles from "./Avatar.module.css";

type Props = { name: string | undefined; mine?: boolean; large?: boolean; paused?: boolean };

// Initials on grey; plum only for yourself; a dashed circle for nobody; with an amber dot while paused.
export function Avatar({ name, mine = false, large = false, paused = false }: Props) {
  return (
    <span
      className={styles.avatar}
      data-mine={mine || undefined}
      data-large={large || undefined}
      data-paused={paused || undefined}
      data-nobody={name === undefined || undefined}
      data-initials={name === undefined ? "" : initials(name)}
      aria-hidden="true"
    />
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
