import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../api/said";
import { Bar } from "../ui/Bar";
import { Confirm } from "../ui/Confirm";
import { Notice } from "../ui/Notice";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { dayOf } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { DeclinedScopes } from "./DeclinedScopes";
import { connectionQuery, forgetPerson, loginAddress } from "./meta";
import type { Connection } from "./metaShapes";
import styles from "./PagesTab.module.css";

// Whose login at Facebook we use, and what it lets us do.
export function FacebookLogin() {
  const { t } = useTranslation();
  const connection = useQuery(connectionQuery);
  if (connection.isPending) {
    return (
      <div className={styles.login} aria-busy="true">
        <Bar width={220} />
      </div>
    );
  }
  if (connection.isError && connection.data === undefined) {
    return (
      <Trouble
        title={t("connect.loadTrouble")}
        problem={connection.error}
        retry={() => connection.refetch()}
      />
    );
  }
  const { person, configured } = connection.data;
  if (!configured) {
    return <Notice tone="plain" title={t("connect.notConfigured")} actions={<OwnAppLink />} />;
  }
  if (person === null) {
    return (
      <section className={styles.login} aria-label={t("connect.login")}>
        <div className={styles.line}>
          <p className={styles.who}>{t("connect.nobody")}</p>
          <Button component="a" href={loginAddress()}>
            {t("connect.facebook")}
          </Button>
          <OwnAppLink />
        </div>
      </section>
    );
  }
  return <PersonLogin connection={connection.data} name={person.name} />;
}

function PersonLogin({ connection, name }: { connection: Connection; name: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [isAsking, setIsAsking] = useState(false);
  const granted = connection.scopes.filter(({ state }) => state === "granted").length;
  return (
    <section className={styles.login} aria-label={t("connect.login")}>
      <div className={styles.line}>
        <div className={styles.who}>
          <p className={styles.person}>{t("connect.as", { name })}</p>
          <p className={styles.quiet}>
            {t("connect.scopes", { granted, count: connection.scopes.length })}
            {connection.expires_at !== null &&
              `, ${t("connect.until", { day: dayOf(connection.expires_at, locale) })}`}
          </p>
        </div>
        <Button
          renderRoot={(props) => <Link to="/sources" search={{ connected: "1" }} {...props} />}
        >
          {t("connect.choose")}
        </Button>
        <Button variant="subtle" onClick={() => setIsAsking(true)}>
          {t("connect.forget")}
        </Button>
        <OwnAppLink />
      </div>
      {connection.problem !== null && (
        <Notice
          tone="over"
          title={said(connection.problem.message)}
          actions={
            <Button component="a" href={loginAddress()}>
              {t("connect.reconnect")}
            </Button>
          }
        />
      )}
      <DeclinedScopes connection={connection} />
      {isAsking && <ForgetPerson name={name} close={() => setIsAsking(false)} />}
    </section>
  );
}

function OwnAppLink() {
  const { t } = useTranslation();
  return (
    <Button
      variant="subtle"
      renderRoot={(props) => <Link to="/sources" search={{ app: "own" }} {...props} />}
    >
      {t("app.link")}
    </Button>
  );
}

function ForgetPerson({ name, close }: { name: string; close: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const forget = useMutation({
    mutationFn: forgetPerson,
    onSuccess: () => toasts.show({ text: t("connect.forgotten", { name }) }),
    onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: ["meta"] });
      close();
    },
  });
  return (
    <Confirm
      title={t("connect.forgetTitle", { name })}
      act={t("connect.forget")}
      busy={forget.isPending}
      onAct={() => forget.mutate()}
      close={close}
    >
      <p>{t("connect.forgetText")}</p>
      <p>{t("connect.forgetStays")}</p>
    </Confirm>
  );
}
