import { NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { keepFor, retentionQuery } from "./audit";

const choices = [90, 180, 365, 730, 1825, 3650];

// How long entries are kept. A number set over the API is offered too.
export function KeepFor() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const retention = useQuery(retentionQuery);
  const keep = useMutation({
    mutationFn: keepFor,
    onSuccess: () => toasts.show({ text: t("audit.kept") }),
    onSettled: () => cache.invalidateQueries({ queryKey: ["audit"] }),
  });
  if (retention.data === undefined) return null;
  const days = retention.data.keep_days;
  const offered = choices.includes(days) ? choices : [...choices, days].sort((a, b) => a - b);
  return (
    <NativeSelect
      label={t("audit.keep")}
      description={t("audit.keepHint")}
      value={String(days)}
      disabled={keep.isPending}
      error={keep.isError ? reasonOf(keep.error) : undefined}
      onChange={(event) => keep.mutate(Number(event.currentTarget.value))}
      data={offered.map((each) => ({
        value: String(each),
        label: t("audit.days", { count: each }),
      }))}
    />
  );
}
