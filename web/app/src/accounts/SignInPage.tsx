import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CompanyDoor } from "../companySignIn/CompanyDoor";
import { useTitle } from "../ui/useTitle";
import { homeOf, meQuery, signIn, wantsCode } from "./accounts";
import { CodeField } from "./CodeField";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice, FormWords } from "./FormNotice";
import { faultsOf, fieldsOf } from "./formFields";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const cache = useQueryClient();
  const { next, company } = route.useSearch();
  useTitle(t("signIn.tab"));

  // The password was right, and a code is asked for.
  const [passed, setPassed] = useState<{ email: string; password: string }>();
  const attempt = useMutation({
    mutationFn: signIn,
    onError: (problem, { email, password }) => {
      if (wantsCode(problem)) setPassed({ email, password });
    },
    onSuccess: (me) => {
      cache.clear();
      cache.setQueryData(meQuery.queryKey, me);
      if (next === undefined) router.navigate({ to: homeOf(me) });
      else router.history.push(next);
    },
  });

  if (passed !== undefined) {
    // That a code is wanted is what this page is for; that one was wrong is news.
    const isNews = attempt.variables?.code !== undefined;
    const faults = faultsOf(isNews ? attempt.error : null, ["code"]);
    return (
      <DoorFrame title={t("signIn.codeTitle")} welcome={t("signIn.codeWelcome")}>
        <form
          data-short
          onSubmit={(event) => {
            event.preventDefault();
            attempt.mutate({ ...passed, ...fieldsOf(event.currentTarget, ["code"]) });
          }}
        >
          {faults.whole && <FormNotice problem={attempt.error} />}
          <CodeField error={faults.at("code")} hint={t("signIn.codeHint")} />
          <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
            {t("signIn.do")}
          </Button>
        </form>
        <p className={styles.other}>
          <Button
            variant="subtle"
            onClick={() => {
              attempt.reset();
              setPassed(undefined);
            }}
          >
            {t("signIn.otherAccount")}
          </Button>
        </p>
      </DoorFrame>
    );
  }
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
        {company !== undefined && attempt.isIdle && (
          <FormWords>{t(`companyTrouble.${company}`)}</FormWords>
        )}
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
      <CompanyDoor />
      <p className={styles.other}>
        <Link to="/new-password">{t("signIn.forgot")}</Link>
      </p>
      <p className={styles.other}>
        {t("signIn.new")} <Link to="/register">{t("signIn.register")}</Link>
      </p>
    </DoorFrame>
  );
}
