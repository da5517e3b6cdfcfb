import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Banner } from "../ui/Banner";
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
    <Banner
      tone="look"
      icon={IconEye}
      title={t("support.visitTitle", { organization: me.organization.name })}
      problem={leave.isError ? reason : undefined}
      end={
        <Button
          size="sm"
          loading={leave.isPending}
          onClick={() => leave.mutate(me.organization.id)}
        >
          {t("support.leave")}
        </Button>
      }
    >
      {t("support.visitText")} <Task />
    </Banner>
  );
}

function Task() {
  const { t } = useTranslation();
  const grant = useLiveGrant();
  if (grant?.reason == null) return null;
  return t("support.visitTask", { reason: grant.reason, time: grant.until });
}
