import styles from "./Switch.module.css";

type Props = {
  label: string;
  isOn: boolean;
  change: (isOn: boolean) => void;
  disabled?: boolean;
};

// On or off, at once. The label is for those who do not see what it stands beside.
export function Switch({ label, isOn, change, disabled = false }: Props) {
  return (
    <input
      type="checkbox"
      role="switch"
      className={styles.switch}
      aria-label={label}
      aria-checked={isOn}
      checked={isOn}
      disabled={disabled}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  );
}
