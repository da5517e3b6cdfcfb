import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../ui/Notice";
import { useReasonOf } from "../ui/Trouble";
import { sendConfirmation } from "./accounts";
import { useMe } from "./useMe";

// A reminder, not a gate: everything works without it until a letter has to reach the person.
export function EmailBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const [closed, setClosed] = useState(false);
  const letter = useMutation({ mutationFn: sendConfirmation });
  const reason = useReasonOf()(letter.error);
  if (me.user.is_email_confirmed || closed) return null;
  return (
    <Notice
      tone="plain"
      title={t("emailBanner.title")}
      close={() => setClosed(true)}
      actions={
        !letter.isSuccess && (
          <Button size="xs" loading={letter.isPending} onClick={() => letter.mutate()}>
            {t("emailBanner.again")}
          </Button>
        )
      }
    >
      {letter.isError && <span role="alert">{reason}</span>}
      {letter.isSuccess
        ? t("emailBanner.sent", { email: me.user.email })
        : t("emailBanner.text", { email: me.user.email })}
    </Notice>
  );
}
