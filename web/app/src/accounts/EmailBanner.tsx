import { Button, CloseButton } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "../ui/Banner";
import { useReasonOf } from "../ui/Trouble";
import { sendConfirmation } from "./accounts";
import { useMe } from "./useMe";

// A reminder, not a gate: everything works without it until a letter has to reach the person. Where
// the server sends no letters there is none to look for.
export function EmailBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const [closed, setClosed] = useState(false);
  const letter = useMutation({ mutationFn: sendConfirmation });
  const reason = useReasonOf()(letter.error);
  if (me.viewer !== null || me.user.is_email_confirmed || !me.sends_mail || closed) return null;
  return (
    <Banner
      tone="quiet"
      icon={IconMail}
      title={`${t("emailBanner.title")}.`}
      problem={letter.isError ? reason : undefined}
      end={
        <>
          {!letter.isSuccess && (
            <Button
              size="sm"
              variant="subtle"
              loading={letter.isPending}
              onClick={() => letter.mutate()}
            >
              {t("emailBanner.again")}
            </Button>
          )}
          <CloseButton size="sm" aria-label={t("notice.close")} onClick={() => setClosed(true)} />
        </>
      }
    >
      {t(letter.isSuccess ? "emailBanner.sent" : "emailBanner.text", { email: me.user.email })}
    </Banner>
  );
}
