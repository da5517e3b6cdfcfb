import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTitle } from "../ui/useTitle";
import { meQuery } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice } from "./FormNotice";

type Props = {
  texts: "confirmEmail" | "newAddress";
  confirm: (token: string) => Promise<unknown>;
  children?: ReactNode;
};

// Where the link of a letter to an address leads to. A person presses the button: programs that open
// every link of a mail to look for harm must not confirm an account that somebody else has made.
export function LetterLink({ texts, confirm, children }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { hash } = useLocation();
  useTitle(t(`${texts}.tab`));
  const attempt = useMutation({
    mutationFn: () => confirm(hash),
    onSuccess: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });

  if (attempt.isSuccess)
    return (
      <DoorFrame title={t(`${texts}.done`)} welcome={t(`${texts}.doneMore`)}>
        <p className={styles.other}>
          <Link to="/">{t("confirmEmail.go")}</Link>
        </p>
      </DoorFrame>
    );
  return (
    <DoorFrame title={t(`${texts}.title`)} welcome={t(`${texts}.welcome`)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate();
        }}
      >
        {attempt.isError && <FormNotice problem={attempt.error} />}
        <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
          {t(`${texts}.do`)}
        </Button>
      </form>
      {children}
    </DoorFrame>
  );
}
