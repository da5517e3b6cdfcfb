import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../accounts/AccountForm.module.css";
import { FormNotice } from "../accounts/FormNotice";
import { faultsOf, fieldsOf } from "../accounts/formFields";
import { FeatureOffNotice } from "../features/FeatureOffNotice";
import { useIsOff } from "../features/features";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Confirm } from "../ui/Confirm";
import { CopyField } from "../ui/CopyField";
import { Notice } from "../ui/Notice";
import { SecretInput } from "../ui/SecretInput";
import { Switch } from "../ui/Switch";
import { useToasts } from "../ui/Toasts";
import { Trouble } from "../ui/Trouble";
import { companySignInQuery, removeSetUp, setUp, trySetUp } from "./companySignIn";

const names = ["issuer", "client_id", "client_secret", "domains"] as const;

// How people sign in with the account they have at their company. For owners.
export function CompanySignInBox() {
  const { t } = useTranslation();
  const shown = useQuery(companySignInQuery);
  const isOff = useIsOff("company_sign_in");
  return (
    <Box title={t("companySignIn.title")}>
      {shown.isPending && <Bar width={240} />}
      {shown.isError && (
        <Trouble
          title={t("companySignIn.trouble")}
          problem={shown.error}
          retry={() => shown.refetch()}
        />
      )}
      {shown.data && (
        <div className={styles.stack}>
          <p className={styles.words}>{t("companySignIn.about")}</p>
          {isOff ? (
            <FeatureOffNotice feature="company_sign_in" />
          ) : (
            <>
              <CopyField
                label={t("companySignIn.callback")}
                hint={t("companySignIn.callbackHint")}
                value={shown.data.callback_url}
              />
              <SetUpForm />
            </>
          )}
          {shown.data.issuer !== null && <InUse />}
        </div>
      )}
    </Box>
  );
}

function SetUpForm() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const { data: now } = useQuery(companySignInQuery);
  const [isOnlyWay, setIsOnlyWay] = useState(now?.is_only_way ?? false);
  const save = useMutation({
    mutationFn: setUp,
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: companySignInQuery.queryKey });
      toasts.show({ text: t("companySignIn.saved") });
    },
  });
  const faults = faultsOf(save.error, names);
  return (
    <form
      className={styles.form}
      aria-label={t("companySignIn.title")}
      onSubmit={(event) => {
        event.preventDefault();
        const { client_secret, domains, ...rest } = fieldsOf(event.currentTarget, names);
        save.mutate({
          ...rest,
          domains: domains.split(/[\s,]+/).filter(Boolean),
          is_only_way: isOnlyWay,
          ...(client_secret === "" ? {} : { client_secret }),
        });
      }}
    >
      {save.isError && faults.whole && <FormNotice problem={save.error} />}
      <TextInput
        label={t("companySignIn.issuer")}
        description={t("companySignIn.issuerHint")}
        name="issuer"
        type="url"
        autoComplete="off"
        defaultValue={now?.issuer ?? ""}
        required
        withAsterisk={false}
        error={faults.at("issuer")}
      />
      <TextInput
        label={t("companySignIn.clientId")}
        name="client_id"
        autoComplete="off"
        spellCheck={false}
        defaultValue={now?.client_id}
        required
        withAsterisk={false}
        error={faults.at("client_id")}
      />
      <SecretInput
        label={t("companySignIn.secret")}
        description={now?.issuer ? t("companySignIn.secretKept") : undefined}
        name="client_secret"
        autoComplete="off"
        show={t("companySignIn.showSecret")}
        error={faults.at("client_secret")}
      />
      <TextInput
        label={t("companySignIn.domains")}
        description={t("companySignIn.domainsHint")}
        name="domains"
        autoComplete="off"
        spellCheck={false}
        defaultValue={now?.domains.map(({ name }) => name).join(", ")}
        required
        withAsterisk={false}
        error={faults.at("domains")}
      />
      <div className={styles.row}>
        <p className={styles.words}>{t("companySignIn.onlyWayHint")}</p>
        <Switch
          label={t("companySignIn.onlyWay")}
          isOn={isOnlyWay}
          change={(isOn) => setIsOnlyWay(isOn)}
        />
      </div>
      <div className={styles.actions}>
        <Button type="submit" variant="filled" loading={save.isPending}>
          {t("companySignIn.save")}
        </Button>
      </div>
    </form>
  );
}

// Once there is a set-up: whether it works, the link to hand out, and the end of it.
function InUse() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data: now } = useQuery(companySignInQuery);
  const [isAsking, setIsAsking] = useState(false);
  const attempt = useMutation({ mutationFn: trySetUp });
  const removal = useMutation({
    mutationFn: removeSetUp,
    onSettled: () => {
      setIsAsking(false);
      return cache.invalidateQueries({ queryKey: companySignInQuery.queryKey });
    },
  });
  const hidden = now?.domains.filter(({ is_found }) => !is_found) ?? [];
  const trouble = attempt.data?.trouble;
  return (
    <>
      {hidden.length > 0 && (
        <Notice tone="plain" title={t("companySignIn.hidden")}>
          {t("companySignIn.hiddenText", { domains: hidden.map(({ name }) => name).join(", ") })}
        </Notice>
      )}
      <CopyField
        label={t("companySignIn.link")}
        hint={t("companySignIn.linkHint")}
        value={now?.sign_in_url ?? ""}
      />
      {attempt.isError && <FormNotice problem={attempt.error} />}
      {removal.isError && <FormNotice problem={removal.error} />}
      {trouble === null && <Notice tone="plain" title={t("companySignIn.works")} />}
      {trouble && (
        <Notice tone="over" title={t(`companyTrouble.${trouble}`)}>
          {attempt.data?.detail}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button loading={attempt.isPending} onClick={() => attempt.mutate()}>
          {t("companySignIn.try")}
        </Button>
        <Button variant="subtle" onClick={() => setIsAsking(true)}>
          {t("companySignIn.remove")}
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={t("companySignIn.removeTitle")}
          act={t("companySignIn.remove")}
          busy={removal.isPending}
          onAct={() => removal.mutate()}
          close={() => setIsAsking(false)}
        >
          {t("companySignIn.removeText")}
        </Confirm>
      )}
    </>
  );
}
