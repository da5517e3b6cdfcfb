import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormNotice } from "../accounts/FormNotice";
import { dayOf } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { LengthField } from "./LengthField";
import styles from "./SupportSection.module.css";
import {
  declineSupport,
  type GrantSupport,
  grantSupport,
  type SupportRequest,
  supportAccessQuery,
} from "./supportAccess";

// Support asks; the owner says for how long, or no.
export function RequestedAccess({ request }: { request: SupportRequest }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const [length, setLength] = useState<GrantSupport["length"]>("four_hours");
  const answered = {
    onSettled: () => cache.invalidateQueries({ queryKey: supportAccessQuery.queryKey }),
  };
  const give = useMutation({ mutationFn: grantSupport, ...answered });
  const decline = useMutation({ mutationFn: declineSupport, ...answered });
  return (
    <div className={styles.request}>
      {give.isError && <FormNotice problem={give.error} />}
      {decline.isError && <FormNotice problem={decline.error} />}
      <p className={styles.asks}>{t("support.asks", { name: request.asked_by })}</p>
      <dl className={styles.facts}>
        <dt>{t("support.would")}</dt>
        <dd>{request.reason}</dd>
        <dt>{t("support.asked")}</dt>
        <dd>{dayOf(request.asked_at, locale)}</dd>
        <dt>{t("support.asksUntil")}</dt>
        <dd>{dayOf(request.expires_at, locale)}</dd>
      </dl>
      <LengthField length={length} change={setLength} />
      <div className={styles.acts}>
        <Button
          variant="filled"
          loading={give.isPending}
          onClick={() => give.mutate({ length, reason: request.reason })}
        >
          {t("support.grantFor", { time: t(`support.length.${length}`) })}
        </Button>
        <Button loading={decline.isPending} onClick={() => decline.mutate()}>
          {t("support.decline")}
        </Button>
      </div>
    </div>
  );
}
