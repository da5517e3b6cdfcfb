import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { CompanySignInBox } from "../companySignIn/CompanySignInBox";
import { Box } from "../ui/Box";
import { Switch } from "../ui/Switch";
import styles from "./AccountForm.module.css";
import { meQuery } from "./accounts";
import { FormNotice } from "./FormNotice";
import { SessionLengthBox } from "./SessionLengthBox";
import { needSecondFactor } from "./secondFactor";
import { useMe } from "./useMe";

// What the organization asks of everybody who signs in.
export function SignInRules() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { organization, user } = useMe();
  const hasOne = user.has_second_factor || user.has_passkeys;
  const change = useMutation({
    mutationFn: needSecondFactor,
    onSettled: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  const isOn = change.isPending ? change.variables : organization.needs_second_factor;
  return (
    <>
      <CompanySignInBox />
      <Box title={t("signInRules.secondFactor")}>
        {change.isError && <FormNotice problem={change.error} />}
        <div className={styles.row}>
          <p className={styles.words}>
            {t("signInRules.about")}{" "}
            {!hasOne && (
              <>
                {t("signInRules.yoursFirst")}{" "}
                <Link to="/settings/profile">{t("settings.section.profile")}</Link>.
              </>
            )}
          </p>
          <Switch
            label={t("signInRules.secondFactor")}
            isOn={isOn}
            disabled={!hasOne && !isOn}
            change={(on) => change.mutate(on)}
          />
        </div>
      </Box>
      <SessionLengthBox />
    </>
  );
}
