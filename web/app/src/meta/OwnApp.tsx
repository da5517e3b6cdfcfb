import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultsOf, fieldsOf } from "../accounts/formFields";
import { Bar } from "../ui/Bar";
import { Confirm } from "../ui/Confirm";
import { CopyField } from "../ui/CopyField";
import { Notice } from "../ui/Notice";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { loginAddress } from "./meta";
import { addresses, appQuery, removeApp, saveApp } from "./metaApp";
import type { MetaApp } from "./metaShapes";
import styles from "./OwnApp.module.css";

// For those who have a Meta app of their own: its keys come here, our addresses go there.
export function OwnApp() {
  const { t } = useTranslation();
  const app = useQuery(appQuery);
  return (
    <section className={styles.app} aria-labelledby="own-app">
      <Button
        variant="subtle"
        size="sm"
        className={styles.back}
        leftSection={<IconArrowLeft size={16} stroke={1.6} aria-hidden="true" />}
        renderRoot={(props) => <Link to="/sources" search={{}} {...props} />}
      >
        {t("sources.title")}
      </Button>
      <h2 id="own-app" className={styles.title}>
        {t("app.title")}
      </h2>
      <p className={styles.lead}>{t("app.text")}</p>
      {app.isPending && <Bar width={320} />}
      {app.isError && app.data === undefined && (
        <Trouble title={t("app.trouble")} problem={app.error} retry={() => app.refetch()} />
      )}
      {app.data && (
        <>
          <Keys app={app.data} />
          <Addresses app={app.data} />
          <Permissions app={app.data} />
          {app.data.app_id !== null && app.data.has_secret && (
            <div className={styles.actions}>
              <Button component="a" variant="filled" size="lg" href={loginAddress()}>
                {t("connect.facebook")}
              </Button>
              <RemoveApp />
            </div>
          )}
        </>
      )}
    </section>
  );
}

const names = ["app_id", "app_secret"] as const;

function Keys({ app }: { app: MetaApp }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const save = useMutation({
    mutationFn: saveApp,
    onSuccess: () => toasts.show({ text: t("app.saved") }),
    onSettled: () => cache.invalidateQueries({ queryKey: ["meta"] }),
  });
  const faults = faultsOf(save.error, names);
  return (
    <form
      key={app.app_id}
      className={styles.part}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(fieldsOf(event.currentTarget, names));
      }}
    >
      <h3>{t("app.keys")}</h3>
      {faults.whole && <Notice tone="over" title={reasonOf(save.error)} />}
      <TextInput
        label={t("app.id")}
        name="app_id"
        inputMode="numeric"
        autoComplete="off"
        defaultValue={app.app_id ?? ""}
        error={faults.at("app_id")}
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={t("app.secret")}
        name="app_secret"
        autoComplete="off"
        description={t(app.has_secret ? "app.secretKept" : "app.secretHint")}
        error={faults.at("app_secret")}
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("app.showSecret"), tabIndex: 0 }}
      />
      <Button type="submit" className={styles.save} loading={save.isPending}>
        {t("app.save")}
      </Button>
    </form>
  );
}

function Addresses({ app }: { app: MetaApp }) {
  const { t } = useTranslation();
  return (
    <div className={styles.part}>
      <h3>{t("app.addresses")}</h3>
      <p className={styles.quiet}>{t("app.addressesText")}</p>
      <div className={styles.box}>
        {addresses.map((name) => {
          const value = app[name];
          if (value === null) return null;
          return (
            <CopyField
              key={name}
              label={t(`app.address.${name}`)}
              hint={t(`app.where.${name}`)}
              value={value}
            />
          );
        })}
      </div>
    </div>
  );
}

function Permissions({ app }: { app: MetaApp }) {
  const { t } = useTranslation();
  return (
    <div className={styles.part}>
      <h3>{t("app.scopes")}</h3>
      <p className={styles.quiet}>{t("app.scopesText")}</p>
      <div className={styles.box}>
        {app.scopes.map(({ name, why }) => (
          <CopyField key={name} label={name} value={why} />
        ))}
      </div>
    </div>
  );
}

function RemoveApp() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useMutation({
    mutationFn: removeApp,
    onSuccess: () => toasts.show({ text: t("app.removed") }),
    onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: ["meta"] });
      setIsAsking(false);
    },
  });
  return (
    <>
      <Button variant="subtle" size="lg" onClick={() => setIsAsking(true)}>
        {t("app.remove")}
      </Button>
      {isAsking && (
        <Confirm
          title={t("app.removeTitle")}
          act={t("app.remove")}
          busy={remove.isPending}
          onAct={() => remove.mutate()}
          close={() => setIsAsking(false)}
        >
          <p>{t("app.removeText")}</p>
        </Confirm>
      )}
    </>
  );
}
