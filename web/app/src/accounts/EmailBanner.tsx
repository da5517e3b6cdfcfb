import { Button, CloseButton } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../ui/QuietBanner.module.css";
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
    <div className={styles.banner} role="status">
      <IconMail size={18} stroke={1.6} aria-hidden="true" />
      <p className={styles.text}>
        <b>{t("emailBanner.title")}.</b> {letter.isError && <span role="alert">{reason}</span>}
        {letter.isSuccess
          ? t("emailBanner.sent", { email: me.user.email })
          : t("emailBanner.text", { email: me.user.email })}
      </p>
      {!letter.isSuccess && (
        <Button
          size="sm"
          variant="subtle"
          className={styles.again}
          loading={letter.isPending}
          onClick={() => letter.mutate()}
        >
          {t("emailBanner.again")}
        </Button>
      )}
      <CloseButton
        size="sm"
        className={styles.close}
        aria-label={t("notice.close")}
        onClick={() => setClosed(true)}
      />
    </div>
  );
}
