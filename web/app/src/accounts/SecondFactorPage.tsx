import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTitle } from "../ui/useTitle";
import styles from "./AccountForm.module.css";
import { type Account, homeOf, meQuery, signOut } from "./accounts";
import { DoorFrame } from "./DoorFrame";
import { FormNotice } from "./FormNotice";
import { PasskeyAdd } from "./PasskeyAdd";
import { PasskeyButton } from "./PasskeyButton";
import { whyNoPasskeys } from "./passkeyCeremony";
import { signInWithPasskey } from "./passkeys";
import { SecondFactorSetUp } from "./SecondFactorSetUp";
import { useAccount } from "./useMe";

// Where somebody stands who is asked for a second factor, by the organization or for operating the
// service, and who has none, or has not used the passkey that is one.
export function SecondFactorPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const me = useAccount();
  useTitle(t("secondFactor.title"));
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: "/sign-in", search: {} });
      cache.setQueryData(meQuery.queryKey, null);
    },
  });
  const enter = useMutation({
    mutationFn: signInWithPasskey,
    onSuccess: async (entered) => {
      cache.clear();
      cache.setQueryData(meQuery.queryKey, entered);
      await navigate({ to: homeOf(entered) });
    },
  });
  const done = async () => {
    await cache.invalidateQueries({ queryKey: meQuery.queryKey });
    await navigate({ to: homeOf(me) });
  };
  const away = (
    <Button variant="subtle" loading={leave.isPending} onClick={() => leave.mutate()}>
      {t("user.signOut")}
    </Button>
  );
  const welcome = me.user.has_passkeys ? t("signIn.passkeyWelcome") : welcomeOf(t, me);
  return (
    <DoorFrame
      title={t(me.user.has_passkeys ? "signIn.codeTitle" : "secondFactor.pageTitle")}
      welcome={welcome}
      wide
    >
      {me.user.has_passkeys ? (
        <div className={styles.stack}>
          {enter.isError && <FormNotice problem={enter.error} />}
          <PasskeyButton
            label={t("signIn.usePasskey")}
            isFirst
            busy={enter.isPending}
            given={(answer) => enter.mutate(answer)}
          />
          {away}
        </div>
      ) : (
        <Choice done={done} away={away} />
      )}
    </DoorFrame>
  );
}

const welcomeOf = (t: TFunction, me: Account) =>
  me.organization === null
    ? t("secondFactor.platformWelcome")
    : t("secondFactor.pageWelcome", { organization: me.organization.name });

// An app, or a passkey where the browser has them.
function Choice({ done, away }: { done: () => Promise<void>; away: ReactNode }) {
  const { t } = useTranslation();
  const canUsePasskeys = whyNoPasskeys() === undefined;
  const [byPasskey, setByPasskey] = useState(false);
  const other = canUsePasskeys && (
    <Button variant="subtle" onClick={() => setByPasskey(!byPasskey)}>
      {t(byPasskey ? "secondFactor.byApp" : "secondFactor.byPasskey")}
    </Button>
  );
  const aside = (
    <>
      {other}
      {away}
    </>
  );
  return byPasskey ? (
    <PasskeyAdd done={done} aside={aside} />
  ) : (
    <SecondFactorSetUp done={done} aside={aside} />
  );
}
