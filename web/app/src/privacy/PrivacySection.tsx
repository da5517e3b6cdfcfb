import { ExportBox } from "./ExportBox";
import styles from "./PrivacySection.module.css";

// Taking out what the organization has, and ending it.
export function PrivacySection() {
  return (
    <div className={styles.boxes}>
      <ExportBox />
    </div>
  );
}
