import { useTranslation } from "react-i18next";
import { ProfileSection } from "../accounts/ProfileSection";
import { useTitle } from "../ui/useTitle";
import styles from "./platform.module.css";

// One's own account, for whoever operates the service and is in no organization.
export function ProfilePage() {
  const { t } = useTranslation();
  useTitle(t("settings.section.profile"));
  return (
    <>
      <h1 className={styles.title}>{t("settings.section.profile")}</h1>
      <div className={styles.profile}>
        <ProfileSection />
      </div>
    </>
  );
}
