import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./DoorFrame.module.css";
import { usePasskeyReason } from "./PasskeyWords";

// Why a form as a whole was not accepted; what belongs to one field stands at that field.
export function FormNotice({ problem }: { problem: unknown }) {
  const reason = usePasskeyReason()(problem);
  return <FormWords>{reason}</FormWords>;
}

export function FormWords({ children }: { children: ReactNode }) {
  return (
    <p className={styles.notice} role="alert">
      <IconAlertTriangle size={18} stroke={1.6} aria-hidden="true" />
      {children}
    </p>
  );
}
