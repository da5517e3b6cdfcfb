import { useTranslation } from "react-i18next";
import { deviceLanguage, nameOf } from "../app/i18n";
import { Tag } from "../ui/Tag";
import { deviceTimeZone } from "../ui/timeZone";
import { isInOrganization } from "./accounts";
import styles from "./ProfileSection.module.css";
import { useAccount } from "./useMe";
import { zoneName } from "./whereabouts";

export function ProfileFacts() {
  const { t } = useTranslation();
  const me = useAccount();
  return (
    <dl className={styles.facts}>
      <dt>{t("profile.name")}</dt>
      <dd>{me.user.name}</dd>
      <dt>{t("profile.email")}</dt>
      <dd>
        {me.user.email}{" "}
        {!me.user.is_email_confirmed && <Tag tone="soon">{t("profile.unconfirmed")}</Tag>}
        {me.user.pending_email !== null && (
          <p>{t("profile.pendingEmail", { email: me.user.pending_email })}</p>
        )}
      </dd>
      <dt>{t("profile.phone")}</dt>
      <dd>{me.user.phone ?? t("profile.noPhone")}</dd>
      <dt>{t("profile.language")}</dt>
      <dd>
        {me.user.language === null
          ? t("profile.asDevice", { what: nameOf(deviceLanguage()) })
          : nameOf(me.user.language)}
      </dd>
      <dt>{t("profile.timeZone")}</dt>
      <dd>
        {me.user.time_zone === null
          ? t("profile.asDevice", { what: zoneName(deviceTimeZone()) })
          : zoneName(me.user.time_zone)}
      </dd>
      {isInOrganization(me) && (
        <>
          <dt>{t("profile.organization")}</dt>
          <dd>{me.organization.name}</dd>
          <dt>{t("profile.role")}</dt>
          <dd>{t(`role.${me.role}`)}</dd>
        </>
      )}
    </dl>
  );
}
