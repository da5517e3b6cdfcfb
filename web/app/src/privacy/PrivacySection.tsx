import { useMe } from "../accounts/useMe";
import { DeletionBox } from "./DeletionBox";
import { ExportBox } from "./ExportBox";
import { PersonBox } from "./PersonBox";
import styles from "./PrivacySection.module.css";
import { RetentionBox } from "./RetentionBox";

// What people may ask for, taking out what the organization has, and ending it.
export function PrivacySection() {
  const { rights, is_support } = useMe();
  return (
    <div className={styles.boxes}>
      {rights.includes("manage_organization") && !is_support && <PersonBox />}
      {rights.includes("manage_organization") && <RetentionBox />}
      {!is_support && <ExportBox />}
      {rights.includes("own_data") && !is_support && <DeletionBox />}
    </div>
  );
}
