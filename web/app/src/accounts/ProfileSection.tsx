import { useTranslation } from "react-i18next";
import { Notice } from "../ui/Notice";
import { PasskeysBox } from "./PasskeysBox";
import { PasswordBox } from "./PasswordBox";
import { ProfileBox } from "./ProfileBox";
import { SecondFactorBox } from "./SecondFactorBox";
import { SessionsBox } from "./SessionsBox";
import { useAccount } from "./useMe";

// Who one is to others, and how one signs in.
export function ProfileSection() {
  const { t } = useTranslation();
  const me = useAccount();
  if (me.viewer !== null)
    return <Notice tone="plain">{t("view.notYours", { name: me.user.name })}</Notice>;
  if (!me.rights.includes("own_account"))
    return (
      <Notice tone="plain" title={t("profile.company")}>
        {t("profile.companyText")}
      </Notice>
    );
  return (
    <>
      <ProfileBox />
      <PasswordBox />
      <PasskeysBox />
      <SecondFactorBox />
      <SessionsBox />
    </>
  );
}
