import styles from "./PageMark.module.css";

// The initials of a page on a grey square; people are round.
export function PageMark({ name }: { name: string }) {
  const [first = "", second = ""] = name.trim().split(/\s+/);
  const letters = second === "" ? [...first].slice(0, 2) : [[...first][0], [...second][0]];
  return (
    <span
      className={styles.mark}
      data-initials={letters.join("").toUpperCase()}
      aria-hidden="true"
    />
  );
}
