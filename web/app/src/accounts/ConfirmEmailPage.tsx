import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTitle } from "../ui/useTitle";
import { confirmEmail, meQuery } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice } from "./FormNotice";

// Where the link of the letter leads to. A person presses the button: programs that open every link
// of a mail to look for harm must not confirm an account that somebody else has registered.
export function ConfirmEmailPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { hash } = useLocation();
  useTitle(t("confirmEmail.tab"));
  const attempt = useMutation({
    mutationFn: () => confirmEmail(hash),
    onSuccess: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });

  if (attempt.isSuccess)
    return (
      <DoorFrame title={t("confirmEmail.done")} welcome={t("confirmEmail.doneMore")}>
        <p className={styles.other}>
          <Link to="/">{t("confirmEmail.go")}</Link>
        </p>
      </DoorFrame>
    );
  return (
    <DoorFrame title={t("confirmEmail.title")} welcome={t("confirmEmail.welcome")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate();
        }}
      >
        {attempt.isError && <FormNotice problem={attempt.error} />}
        <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
          {t("confirmEmail.do")}
        </Button>
      </form>
      <p className={styles.other}>{t("confirmEmail.notMe")}</p>
    </DoorFrame>
  );
}
