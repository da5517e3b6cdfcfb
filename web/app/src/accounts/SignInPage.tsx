import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CompanyDoor } from "../companySignIn/CompanyDoor";
import { SecretInput } from "../ui/SecretInput";
import { useTitle } from "../ui/useTitle";
import { type Account, homeOf, meQuery, signIn, wantsCode } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import styles from "./DoorFrame.module.css";
import { FormNotice, FormWords } from "./FormNotice";
import { fieldsOf } from "./formFields";
import { PasskeyDoor } from "./PasskeyDoor";
import { wantsPasskey } from "./passkeys";
import { SecondStep, type Wanted } from "./SecondStep";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const cache = useQueryClient();
  const { next, company } = route.useSearch();
  useTitle(t("signIn.tab"));

  // The password was right, and more is asked for.
  const [passed, setPassed] = useState<{ email: string; password: string; wanted: Wanted }>();
  const entered = (me: Account) => {
    cache.clear();
    cache.setQueryData(meQuery.queryKey, me);
    if (next === undefined) router.navigate({ to: homeOf(me) });
    else router.history.push(next);
  };
  const attempt = useMutation({
    mutationFn: signIn,
    onError: (problem, { email, password }) => {
      const wanted = { code: wantsCode(problem), passkey: wantsPasskey(problem) };
      // What was wrong with one of them is said without naming the other.
      if (passed === undefined && (wanted.code || wanted.passkey))
        setPassed({ email, password, wanted });
    },
    onSuccess: entered,
  });

  if (passed !== undefined) {
    const { wanted, ...account } = passed;
    // That more is wanted is what this page is for; that it was wrong is news.
    const given = attempt.variables;
    const isNews = given?.code != null || given?.passkey != null;
    return (
      <SecondStep
        wanted={wanted}
        problem={isNews ? attempt.error : null}
        busy={attempt.isPending}
        give={(proof) => attempt.mutate({ ...account, ...proof })}
        leave={() => {
          attempt.reset();
          setPassed(undefined);
        }}
      />
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
          autoComplete="username webauthn"
          autoFocus
          required
          withAsterisk={false}
        />
        <SecretInput
          label={t("signIn.password")}
          name="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" variant="filled" size="xl" fullWidth loading={attempt.isPending}>
          {t("signIn.do")}
        </Button>
      </form>
      <PasskeyDoor entered={entered} />
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
