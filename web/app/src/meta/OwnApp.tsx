import { Button } from "@mantine/core";
import { IconArrowLeft, IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { FeatureOffNotice } from "../features/FeatureOffNotice";
import { useIsOff } from "../features/features";
import { Bar } from "../ui/Bar";
import { CopyField } from "../ui/CopyField";
import { Trouble } from "../ui/Trouble";
import { loginAddress } from "./meta";
import { addresses, appQuery } from "./metaApp";
import type { MetaApp } from "./metaShapes";
import styles from "./OwnApp.module.css";
import { OwnAppKeys } from "./OwnAppKeys";
import { OwnAppWebhook } from "./OwnAppWebhook";
import { RemoveOwnApp } from "./RemoveOwnApp";

// For those who have a Meta app of their own: its keys come here, our addresses go there.
export function OwnApp() {
  const { t } = useTranslation();
  const app = useQuery(appQuery);
  const isOff = useIsOff("own_meta_app");
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
      <p className={styles.lead}>
        {t(app.data?.has_platform_app === false ? "app.textOnly" : "app.text")}
      </p>
      {app.isPending && <Bar width={320} />}
      {app.isError && app.data === undefined && (
        <Trouble title={t("app.trouble")} problem={app.error} retry={() => app.refetch()} />
      )}
      {isOff && <FeatureOffNotice feature="own_meta_app" />}
      {isOff && app.data?.app_id != null && <RemoveOwnApp app={app.data} />}
      {app.data && !isOff && <Steps app={app.data} />}
    </section>
  );
}

// What comes later is shown when there is something to show: Meta's addresses need the app's id.
function Steps({ app }: { app: MetaApp }) {
  const { t } = useTranslation();
  const hasKeys = app.app_id !== null && app.has_secret;
  return (
    <ol className={styles.steps}>
      <Step number={1} title={t("app.keys")} isDone={hasKeys}>
        <OwnAppKeys key={app.app_id} app={app} />
      </Step>
      <Step number={2} title={t("app.addresses")} text={t("app.addressesText")}>
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
        {!hasKeys && <p className={styles.quiet}>{t("app.moreAddresses")}</p>}
      </Step>
      <Step
        number={3}
        title={t("app.webhook")}
        text={t(hasKeys ? "app.webhookText" : "app.webhookLater")}
        isDone={app.handshake_at !== null}
      >
        {hasKeys && <OwnAppWebhook app={app} />}
      </Step>
      <Step number={4} title={t("app.scopes")} text={t("app.scopesText")}>
        <div className={styles.box}>
          {app.scopes.map(({ name, why }) => (
            <CopyField key={name} label={name} value={why} />
          ))}
        </div>
        <h4 className={styles.small}>{t("app.recording")}</h4>
        <ul className={styles.list}>
          {(["login", "choose", "lead", "remove"] as const).map((shot) => (
            <li key={shot}>{t(`app.shot.${shot}`)}</li>
          ))}
        </ul>
      </Step>
      {hasKeys && (
        <Step
          number={5}
          title={t("app.connect")}
          text={
            app.pages.length > 0
              ? t("app.pages", { pages: app.pages.map(({ name }) => name).join(", ") })
              : t("app.connectText")
          }
          isDone={app.pages.length > 0}
        >
          <div className={styles.actions}>
            <Button component="a" variant="filled" size="lg" href={loginAddress()}>
              {t("connect.facebook")}
            </Button>
            <RemoveOwnApp app={app} />
          </div>
        </Step>
      )}
    </ol>
  );
}

type StepProps = {
  number: number;
  title: string;
  text?: string;
  isDone?: boolean;
  children: ReactNode;
};

function Step({ number, title, text, isDone = false, children }: StepProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <li className={styles.part} aria-labelledby={id}>
      <h3 id={id} data-done={isDone || undefined}>
        <span className={styles.number} aria-hidden="true">
          {isDone ? <IconCheck size={14} stroke={2} /> : number}
        </span>
        {title}
        {isDone && <span className="vh">{t("firstRun.done")}</span>}
      </h3>
      {text !== undefined && <p className={styles.quiet}>{text}</p>}
      {children}
    </li>
  );
}
