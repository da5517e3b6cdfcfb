import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import styles from "../accounts/ViewBanner.module.css";
import { useReasonOf } from "../ui/Trouble";
import { leaveVisit } from "./supportAccess";
import { useLiveGrant } from "./useLiveGrant";

// For support itself: where one looks, what one was asked to look at, and the way back.
export function VisitBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const leave = useMutation({ mutationFn: leaveVisit });
  const reason = useReasonOf()(leave.error);
  if (!me.is_support) return null;
  return (
    <div className={styles.banner} role="status">
      <IconEye size={18} stroke={1.6} aria-hidden="true" />
      <p className={styles.text}>
        <b>{t("support.visitTitle", { organization: me.organization.name })}</b>{" "}
        {t("support.visitText")} <Task />
        {leave.isError && <span role="alert"> {reason}</span>}
      </p>
      <Button
        size="sm"
        className={styles.end}
        loading={leave.isPending}
        onClick={() => leave.mutate(me.organization.id)}
      >
        {t("support.leave")}
      </Button>
    </div>
  );
}

function Task() {
  const { t } = useTranslation();
  const grant = useLiveGrant();
  if (grant?.reason == null) return null;
  return t("support.visitTask", { reason: grant.reason, time: grant.until });
}
