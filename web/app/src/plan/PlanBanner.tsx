import { IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import styles from "../ui/QuietBanner.module.css";
import { planQuery } from "./plan";

// For whoever can change it: the plan is outgrown. Nothing else happens because of it. Where it is
// changed it stands already.
export function PlanBanner() {
  const me = useMe();
  const { pathname } = useLocation();
  const isShown = me.rights.includes("manage_organization") && pathname !== "/settings/plan";
  return isShown ? <Banner /> : null;
}

function Banner() {
  const { t } = useTranslation();
  const usage = useQuery(planQuery).data?.usage;
  if (!usage?.is_over) return null;
  return (
    <div className={styles.banner} role="status">
      <IconInfoCircle size={18} stroke={1.6} aria-hidden="true" />
      <p className={styles.text}>
        <b>{t("plan.over")}.</b> {t("plan.overText")}
      </p>
      <Link to="/settings/plan">{t("plan.see")}</Link>
    </div>
  );
}
