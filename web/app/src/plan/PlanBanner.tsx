import { IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Banner } from "../ui/Banner";
import { planQuery } from "./plan";

// For whoever can change it: the plan is outgrown. Nothing else happens because of it. Where it is
// changed it stands already.
export function PlanBanner() {
  const me = useMe();
  const { pathname } = useLocation();
  const isShown = me.rights.includes("manage_organization") && pathname !== "/settings/plan";
  return isShown ? <Outgrown /> : null;
}

function Outgrown() {
  const { t } = useTranslation();
  const usage = useQuery(planQuery).data?.usage;
  if (!usage?.is_over) return null;
  return (
    <Banner
      tone="quiet"
      icon={IconInfoCircle}
      title={`${t("plan.over")}.`}
      end={<Link to="/settings/plan">{t("plan.see")}</Link>}
    >
      {t("plan.overText")}
    </Banner>
  );
}
