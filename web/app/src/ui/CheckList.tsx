import styles from "./CheckList.module.css";

export type Choice = { value: string; label: string; hint?: string };

type Props = {
  label: string;
  choices: Choice[];
  chosen: string[];
  change: (chosen: string[]) => void;
};

export function CheckList({ label, choices, chosen, change }: Props) {
  return (
    <fieldset className={styles.list}>
      <legend className="vh">{label}</legend>
      {choices.map(({ value, label: text, hint }) => (
        <label key={value} className={styles.choice}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              change(
                event.currentTarget.checked
                  ? [...chosen, value]
                  : chosen.filter((other) => other !== value),
              )
            }
          />
          <span className={styles.text}>{text}</span>
          {hint !== undefined && <span className={styles.hint}>{hint}</span>}
        </label>
      ))}
    </fieldset>
  );
}
