import { type ReactNode, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { SecretInput } from "../ui/SecretInput";
import styles from "./NewPassword.module.css";
import { shortestPassword, usePasswordStrength } from "./passwordStrength";

type Props = {
  name: string;
  label?: string;
  error: ReactNode;
  autoFocus?: boolean;
  // What those who guess know of the person: a name, an address.
  known?: readonly string[];
};

// A password being chosen, with a hint how good it is.
export function NewPassword({ name, label, error, autoFocus = false, known = [] }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  return (
    <SecretInput
      label={label ?? t("signIn.password")}
      name={name}
      error={error}
      autoComplete="new-password"
      autoFocus={autoFocus}
      required
      value={password}
      onChange={(event) => setPassword(event.currentTarget.value)}
      description={<Hint password={useDeferredValue(password)} known={known} />}
    />
  );
}

const bars = { short: 1, weak: 1, fair: 2, strong: 3 };

// Three bars and a word.
function Hint({ password, known }: { password: string; known: readonly string[] }) {
  const { t } = useTranslation();
  const strength = usePasswordStrength(password, known);
  if (password === "" || strength === undefined)
    return t("password.rule", { count: shortestPassword });
  return (
    <span className={styles.hint} aria-live="polite">
      <span className={styles.bars} data-strength={strength} aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <span key={bar} data-full={bar <= bars[strength] || undefined} />
        ))}
      </span>
      {strength === "short"
        ? t("password.more", { count: shortestPassword - [...password].length })
        : t(`password.${strength}`)}
    </span>
  );
}
