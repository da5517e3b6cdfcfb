import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTitle } from "../ui/useTitle";
import { askForPasswordLetter, setNewPassword } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";
import { NewPassword } from "./NewPassword";

// For a forgotten password: without a link the letter is asked for, with one the new password.
export function NewPasswordPage() {
  const { t } = useTranslation();
  const { hash } = useLocation();
  useTitle(t("newPassword.tab"));
  return hash === "" ? <AskForLetter /> : <ChoosePassword key={hash} token={hash} />;
}

function AskForLetter() {
  const { t } = useTranslation();
  const attempt = useMutation({ mutationFn: askForPasswordLetter });
  const faults = faultsOf(attempt.error, ["email"]);
  if (attempt.isSuccess)
    return (
      <DoorFrame
        title={t("newPassword.sent")}
        welcome={t("newPassword.sentTo", { email: attempt.variables })}
      >
        <p className={styles.other}>{t("newPassword.sentMore")}</p>
        <p className={styles.other}>
          <Link to="/sign-in">{t("newPassword.back")}</Link>
        </p>
      </DoorFrame>
    );
  return (
    <DoorFrame title={t("newPassword.title")} welcome={t("newPassword.welcome")}>
      <form
        data-short
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(fieldsOf(event.currentTarget, ["email"]).email);
        }}
      >
        {attempt.isError && faults.whole && <FormNotice problem={attempt.error} />}
        <TextInput
          label={t("signIn.email")}
          name="email"
          type="email"
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          error={faults.at("email")}
        />
        <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
          {t("newPassword.ask")}
        </Button>
      </form>
      <p className={styles.other}>
        <Link to="/sign-in">{t("newPassword.back")}</Link>
      </p>
    </DoorFrame>
  );
}

function ChoosePassword({ token }: { token: string }) {
  const { t } = useTranslation();
  const attempt = useMutation({
    mutationFn: (password: string) => setNewPassword({ token, password }),
  });
  const faults = faultsOf(attempt.error, ["password"]);
  if (attempt.isSuccess)
    return (
      <DoorFrame title={t("newPassword.done")} welcome={t("newPassword.doneMore")}>
        <p className={styles.other}>
          <Link to="/sign-in">{t("signIn.do")}</Link>
        </p>
      </DoorFrame>
    );
  return (
    <DoorFrame title={t("newPassword.choose")} welcome={t("newPassword.chooseMore")}>
      <form
        data-short
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(fieldsOf(event.currentTarget, ["password"]).password);
        }}
      >
        {attempt.isError && faults.whole && <FormNotice problem={attempt.error} />}
        <NewPassword
          name="password"
          label={t("newPassword.new")}
          error={faults.at("password")}
          autoFocus
        />
        <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
          {t("newPassword.set")}
        </Button>
      </form>
      <p className={styles.other}>
        <Link to="/new-password">{t("newPassword.again")}</Link>
      </p>
    </DoorFrame>
  );
}
