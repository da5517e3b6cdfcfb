import { useTranslation } from "react-i18next";
import styles from "./PasswordHint.module.css";
import { passwordStrength, shortestPassword } from "./passwordStrength";

const bars = { short: 1, weak: 1, fair: 2, strong: 3 };

// How good a password is while it is typed: three bars and a word.
export function PasswordHint({ password }: { password: string }) {
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
