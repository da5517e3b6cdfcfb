import styles from "./LeadDetails.module.css";
import type { Answer } from "./leads";

// The answers as they were given, in the order of the form.
export function AnswerList({ answers }: { answers: Answer[] }) {
  return (
    <dl className={styles.pairs}>
      {answers.map(({ key, label, values }) => (
        <div key={key} className={styles.pair}>
          <dt title={key}>{label}</dt>
          <dd dir="auto">
            {values.length > 1 ? (
              <ul className={styles.values}>
                {values.map((value) => (
                  <li key={value}>{value}</li>
                ))}
              </ul>
            ) : (
              values[0]
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
