import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Banner } from "../ui/Banner";
import { useReasonOf } from "../ui/Trouble";
import { exactTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { useTextOverTime } from "../ui/useNow";
import { cancelDeletion, deletionQuery, timeLeft } from "./deletion";

// Everybody in the organization is told, on every screen, how long it still exists.
export function DeletionBanner() {
  const { t } = useTranslation();
  const { rights } = useMe();
  const locale = useLocale();
  const cache = useQueryClient();
  const deletion = useQuery(deletionQuery).data;
  const until = deletion?.delete_at ?? undefined;
  const left = useTextOverTime((now) =>
    until === undefined ? "" : (timeLeft(until, now, locale) ?? ""),
  );
  const cancel = useMutation({
    mutationFn: cancelDeletion,
    onSettled: () => cache.invalidateQueries({ queryKey: deletionQuery.queryKey }),
  });
  const reason = useReasonOf()(cancel.error);
  if (deletion === undefined || deletion.state === "none" || until === undefined) return null;
  const isOver = left === "" || deletion.state === "running";
  return (
    <Banner
      tone="over"
      icon={IconAlertTriangle}
      title={isOver ? t("deletion.now") : t("deletion.in", { time: left })}
      problem={cancel.isError ? reason : undefined}
      end={
        !isOver &&
        rights.includes("own_data") && (
          <Button size="sm" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("deletion.keep")}
          </Button>
        )
      }
    >
      {!isOver &&
        t("deletion.orderedBy", {
          name: deletion.ordered_by ?? t("deletion.somebody"),
          time: exactTime(until, locale),
        })}
    </Banner>
  );
}
