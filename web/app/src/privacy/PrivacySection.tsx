import { useMe } from "../accounts/useMe";
import { DeletionBox } from "./DeletionBox";
import { ExportBox } from "./ExportBox";
import styles from "./PrivacySection.module.css";

// Taking out what the organization has, and ending it.
export function PrivacySection() {
  const { rights } = useMe();
  return (
    <div className={styles.boxes}>
      <ExportBox />
      {rights.includes("manage_organization") && <DeletionBox />}
    </div>
  );
}
