import { useTranslation } from "react-i18next";
import { confirmEmail } from "./accounts";
import styles from "./DoorFrame.module.css";
import { LetterLink } from "./LetterLink";

// The address of a new account.
export function ConfirmEmailPage() {
  const { t } = useTranslation();
  return (
    <LetterLink texts="confirmEmail" confirm={confirmEmail}>
      <p className={styles.other}>{t("confirmEmail.notMe")}</p>
    </LetterLink>
  );
}
