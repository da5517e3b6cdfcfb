import { NativeSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Box } from "../ui/Box";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { meQuery, setSessionLength } from "./accounts";
import { useMe } from "./useMe";

const day = 24;
const choices = [12, day, 7 * day, 30 * day];

// After how long everybody signs in anew. A number set over the API is offered too.
export function SessionLengthBox() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const hours = useMe().organization.session_hours;
  const change = useMutation({
    mutationFn: setSessionLength,
    onSuccess: () => toasts.show({ text: t("signInRules.lengthSet") }),
    onSettled: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  const offered = choices.includes(hours) ? choices : [...choices, hours].sort((a, b) => a - b);
  return (
    <Box title={t("signInRules.lengthTitle")}>
      <NativeSelect
        label={t("signInRules.length")}
        description={t("signInRules.lengthHint")}
        value={String(change.isPending ? change.variables : hours)}
        disabled={change.isPending}
        error={change.isError ? reasonOf(change.error) : undefined}
        onChange={(event) => change.mutate(Number(event.currentTarget.value))}
        data={offered.map((each) => ({
          value: String(each),
          label:
            each % day === 0
              ? t("signInRules.days", { count: each / day })
              : t("signInRules.hours", { count: each }),
        }))}
      />
    </Box>
  );
}
