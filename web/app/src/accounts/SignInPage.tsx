import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTitle } from "../ui/useTitle";
import { meQuery, signIn } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice } from "./FormNotice";
import { fieldsOf } from "./formFields";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const cache = useQueryClient();
  const { next } = route.useSearch();
  useTitle(t("signIn.tab"));

  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: (me) => {
      cache.clear();
      cache.setQueryData(meQuery.queryKey, me);
      if (next === undefined) router.navigate({ to: "/leads" });
      else router.history.push(next);
    },
  });

  return (
    <DoorFrame title={t("signIn.title")} welcome={t("signIn.welcome")}>
      <form
        data-short
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(fieldsOf(event.currentTarget, ["email", "password"]));
        }}
      >
        {attempt.isError && <FormNotice problem={attempt.error} />}
        <TextInput
          label={t("signIn.email")}
          name="email"
          type="email"
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t("signIn.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
        />
        <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
          {t("signIn.do")}
        </Button>
      </form>
      <p className={styles.other}>
        <Link to="/new-password">{t("signIn.forgot")}</Link>
      </p>
      <p className={styles.other}>
        {t("signIn.new")} <Link to="/register">{t("signIn.register")}</Link>
      </p>
    </DoorFrame>
  );
}
