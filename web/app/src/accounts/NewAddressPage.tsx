import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTitle } from "../ui/useTitle";
import { confirmNewAddress, meQuery } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice } from "./FormNotice";

// Where the link of the letter to a new address leads to. A person presses the button, as for the
// first address: ConfirmEmailPage.
export function NewAddressPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { hash } = useLocation();
  useTitle(t("newAddress.tab"));
  const attempt = useMutation({
    mutationFn: () => confirmNewAddress(hash),
    onSuccess: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });

  if (attempt.isSuccess)
    return (
      <DoorFrame title={t("newAddress.done")} welcome={t("newAddress.doneMore")}>
        <p className={styles.other}>
          <Link to="/">{t("confirmEmail.go")}</Link>
        </p>
      </DoorFrame>
    );
  return (
    <DoorFrame title={t("newAddress.title")} welcome={t("newAddress.welcome")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate();
        }}
      >
        {attempt.isError && <FormNotice problem={attempt.error} />}
        <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
          {t("newAddress.do")}
        </Button>
      </form>
    </DoorFrame>
  );
}
