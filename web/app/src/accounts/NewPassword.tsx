import { PasswordInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./NewPassword.module.css";
import { passwordStrength, shortestPassword } from "./passwordStrength";

// A password being chosen, with a hint how good it is.
export function NewPassword({ name, error }: { name: string; error: ReactNode }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  return (
    <PasswordInput
      label={t("signIn.password")}
      name={name}
      error={error}
      autoComplete="new-password"
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
      value={password}
      onChange={(event) => setPassword(event.currentTarget.value)}
      description={<Hint password={password} />}
    />
  );
}

const bars = { short: 1, weak: 1, fair: 2, strong: 3 };

// Three bars and a word.
function Hint({ password }: { password: string }) {
  const { t } = useTranslation();
  if (password === "") return t("password.rule", { count: shortestPassword });
  const strength = passwordStrength(password);
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
