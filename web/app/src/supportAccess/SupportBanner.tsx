import { Button } from "@mantine/core";
import { IconLifebuoy } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Banner } from "../ui/Banner";
import { useReasonOf } from "../ui/Trouble";
import { endSupport, supportAccessQuery } from "./supportAccess";
import { useLiveGrant } from "./useLiveGrant";

// Everybody in the organization is told, on every screen, that support may look.
export function SupportBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const grant = useLiveGrant();
  const end = useMutation({
    mutationFn: endSupport,
    onSettled: () => cache.invalidateQueries({ queryKey: supportAccessQuery.queryKey }),
  });
  const reason = useReasonOf()(end.error);
  if (grant === null || me.is_support) return null;
  return (
    <Banner
      tone="look"
      icon={IconLifebuoy}
      title={t("support.may", { time: grant.until })}
      problem={end.isError ? reason : undefined}
      end={
        me.rights.includes("manage_organization") &&
        me.viewer === null && (
          <Button size="sm" loading={end.isPending} onClick={() => end.mutate()}>
            {t("support.endNow")}
          </Button>
        )
      }
    >
      {t("support.allowedBy", { name: grant.granted_by })}
    </Banner>
  );
}
