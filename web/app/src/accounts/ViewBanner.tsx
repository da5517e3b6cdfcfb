import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Banner } from "../ui/Banner";
import { useReasonOf } from "../ui/Trouble";
import { endView } from "./accounts";
import { useMe } from "./useMe";

// As long as an owner looks as somebody else: as whom, and the way back.
export function ViewBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const end = useMutation({ mutationFn: endView });
  const reason = useReasonOf()(end.error);
  if (me.viewer === null || me.is_support) return null;
  return (
    <Banner
      tone="look"
      icon={IconEye}
      title={t("view.title", { name: me.user.name })}
      problem={end.isError ? reason : undefined}
      end={
        <Button size="sm" loading={end.isPending} onClick={() => end.mutate()}>
          {t("view.end")}
        </Button>
      }
    >
      {t("view.text")}
    </Banner>
  );
}
