import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultsOf, fieldsOf } from "../accounts/formFields";
import { Confirm } from "../ui/Confirm";
import { Notice } from "../ui/Notice";
import { SecretInput } from "../ui/SecretInput";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { type AppKeys, saveApp } from "./metaApp";
import type { MetaApp } from "./metaShapes";
import styles from "./OwnApp.module.css";

const names = ["app_id", "secret", "login_config_id"] as const;

// The keys of the app. Another app in place of one with pages is a question first.
export function OwnAppKeys({ app }: { app: MetaApp }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const [appId, setAppId] = useState(app.app_id ?? "");
  const [asked, setAsked] = useState<AppKeys>();
  const save = useMutation({
    mutationFn: saveApp,
    onSuccess: () => toasts.show({ text: t("app.saved") }),
    onSettled: () => {
      setAsked(undefined);
      cache.invalidateQueries({ queryKey: ["meta"] });
    },
  });
  const faults = faultsOf(save.error, names);
  const isSame = app.has_secret && appId === app.app_id;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const { secret, ...others } = fieldsOf(event.currentTarget, names);
        const keys = secret === "" ? others : { ...others, secret };
        if (isSame || app.pages.length === 0) save.mutate(keys);
        else setAsked(keys);
      }}
    >
      {faults.whole && <Notice tone="over" title={reasonOf(save.error)} />}
      <TextInput
        label={t("app.id")}
        name="app_id"
        inputMode="numeric"
        autoComplete="off"
        value={appId}
        onChange={(event) => setAppId(event.currentTarget.value)}
        error={faults.at("app_id")}
        required
        withAsterisk={false}
      />
      <SecretInput
        label={t("app.secret")}
        name="secret"
        autoComplete="off"
        description={t(isSame ? "app.secretKept" : "app.secretHint")}
        error={faults.at("secret")}
        required={!isSame}
        show={t("app.showSecret")}
      />
      <TextInput
        label={t("app.configuration")}
        name="login_config_id"
        inputMode="numeric"
        autoComplete="off"
        description={t("app.configurationHint")}
        defaultValue={app.login_config_id}
        error={faults.at("login_config_id")}
      />
      <Button type="submit" className={styles.save} loading={save.isPending}>
        {t("app.save")}
      </Button>
      {asked !== undefined && (
        <Confirm
          title={t("app.changeTitle")}
          act={t("app.change")}
          busy={save.isPending}
          onAct={() => save.mutate(asked)}
          close={() => setAsked(undefined)}
        >
          <p>
            {t("app.changeText", {
              count: app.pages.length,
              pages: app.pages.map(({ name }) => name).join(", "),
            })}
          </p>
          <p>{t("app.leadsStay")}</p>
        </Confirm>
      )}
    </form>
  );
}
