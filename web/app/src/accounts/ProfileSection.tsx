import { useTranslation } from "react-i18next";
import { Box } from "../ui/Box";
import { Tag } from "../ui/Tag";
import { PasswordBox } from "./PasswordBox";
import styles from "./ProfileSection.module.css";
import { SecondFactorBox } from "./SecondFactorBox";
import { SessionsBox } from "./SessionsBox";
import { useMe } from "./useMe";

// Who one is to the others of the organization, and how one signs in.
export function ProfileSection() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <Box title={t("profile.title")}>
        <dl className={styles.facts}>
          <dt>{t("profile.name")}</dt>
          <dd>{me.user.name}</dd>
          <dt>{t("profile.email")}</dt>
          <dd>
            {me.user.email}{" "}
            {!me.user.is_email_confirmed && <Tag tone="soon">{t("profile.unconfirmed")}</Tag>}
          </dd>
          <dt>{t("profile.organization")}</dt>
          <dd>{me.organization.name}</dd>
          <dt>{t("profile.role")}</dt>
          <dd>{t(`role.${me.role}`)}</dd>
        </dl>
      </Box>
      <PasswordBox />
      <SecondFactorBox />
      <SessionsBox />
    </>
  );
}
