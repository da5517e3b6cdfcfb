import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconExternalLink } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../api/said";
import { Ago } from "../ui/Ago";
import { Confirm } from "../ui/Confirm";
import { Notice } from "../ui/Notice";
import { Tag } from "../ui/Tag";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { dayOf, shortTime, sinceTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { BackfillProgress } from "./BackfillProgress";
import {
  accessSettings,
  connectPage,
  disconnectPage,
  isOff,
  loginAddress,
  mendedByLogin,
  mendedInSettings,
  startBackfill,
} from "./meta";
import type { MetaPage, PageProblem } from "./metaShapes";
import { PageMark } from "./PageMark";
import styles from "./PagesTab.module.css";

// One Facebook page in full.
export function PageDetails({ page, mayChange }: { page: MetaPage; mayChange: boolean }) {
  const { t } = useTranslation();
  const change = usePageChange(page);
  const [isAsking, setIsAsking] = useState(false);
  const isFilling = page.backfill?.state === "running" || page.backfill?.state === "waiting";
  return (
    <li className={styles.page}>
      <div className={styles.head}>
        <PageMark name={page.name} />
        <h3 className={styles.name}>{page.name}</h3>
        {isOff(page) && <Tag>{t("sources.disconnected")}</Tag>}
        {mayChange && isOff(page) && (
          <Button loading={change.isPending} onClick={() => change.mutate("connect")}>
            {t("connect.back")}
          </Button>
        )}
        {mayChange && !isOff(page) && (
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <ActionIcon aria-label={t("sources.more", { page: page.name })}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={isFilling} onClick={() => change.mutate("backfill")}>
                {t("backfill.do")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item onClick={() => setIsAsking(true)}>{t("connect.disconnect")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {page.problems.map((problem) => (
        <ProblemNotice key={problem.code} problem={problem} mayChange={mayChange} />
      ))}
      <PageFacts page={page} />
      {page.backfill && <BackfillProgress backfill={page.backfill} />}
      {isAsking && (
        <Confirm
          title={t("connect.disconnectTitle", { page: page.name })}
          act={t("connect.disconnect")}
          busy={change.isPending}
          onAct={() => change.mutate("disconnect", { onSettled: () => setIsAsking(false) })}
          close={() => setIsAsking(false)}
        >
          <p>{t("connect.disconnectText")}</p>
          <p>{t("connect.disconnectStays")}</p>
        </Confirm>
      )}
    </li>
  );
}

function PageFacts({ page }: { page: MetaPage }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const facts = [
    {
      name: t("sources.mode"),
      value: t(`sources.${knownMode(page.mode)}`),
      soon: page.mode !== "webhook",
    },
    {
      name: t("sources.lastLead"),
      value: page.last_lead_at === null ? t("sources.never") : <Ago time={page.last_lead_at} />,
    },
    ...(page.connected_at === null
      ? []
      : [{ name: t("sources.token"), value: <TokenAge page={page} /> }]),
    ...(page.connected_by
      ? [{ name: t("sources.connectedBy"), value: page.connected_by.name }]
      : []),
    ...(page.waiting_fetches > 0
      ? [
          {
            name: t("sources.waiting"),
            value: new Intl.NumberFormat(locale.tag).format(page.waiting_fetches),
          },
        ]
      : []),
    ...(page.wait_until === null
      ? []
      : [
          {
            name: t("sources.paused"),
            value: shortTime(page.wait_until, Date.now(), locale),
            soon: true,
          },
        ]),
    { name: t("sources.pageId"), value: <span className="num">{page.page_id}</span> },
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, soon = false }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={soon ? styles.soon : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const modes = ["webhook", "polling", "file"] as const;
const knownMode = (mode: string) => modes.find((known) => known === mode) ?? "webhook";

function TokenAge({ page }: { page: MetaPage }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <>
      {page.connected_at !== null && <Ago time={page.connected_at} />}
      {page.token_expires_at
        ? `, ${t("connect.until", { day: dayOf(page.token_expires_at, locale) })}`
        : `, ${t("sources.noEnd")}`}
    </>
  );
}

function ProblemNotice({ problem, mayChange }: { problem: PageProblem; mayChange: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Notice
      tone="over"
      title={said(problem.message)}
      {...(mayChange ? { actions: <ProblemFix code={problem.code} /> } : {})}
    >
      {t("sources.since", { time: sinceTime(problem.since, Date.now(), locale) })}{" "}
      {t("sources.kept")}
    </Notice>
  );
}

// The one way out of a problem.
export function ProblemFix({ code }: { code: string }) {
  const { t } = useTranslation();
  if (mendedByLogin(code)) {
    return (
      <Button component="a" variant="filled" href={loginAddress()}>
        {t("connect.reconnect")}
      </Button>
    );
  }
  if (!mendedInSettings(code)) return null;
  return (
    <Button
      component="a"
      variant="filled"
      href={accessSettings}
      target="_blank"
      rel="noreferrer"
      rightSection={<IconExternalLink size={16} stroke={1.6} aria-hidden="true" />}
    >
      {t("connect.giveAccess")}
    </Button>
  );
}

function usePageChange(page: MetaPage) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const changes = { connect: connectPage, disconnect: disconnectPage, backfill: startBackfill };
  return useMutation({
    mutationFn: (what: keyof typeof changes) => changes[what](page.page_id),
    onSuccess: (_, what) => toasts.show({ text: t(`sources.done.${what}`, { page: page.name }) }),
    onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
    onSettled: () => cache.invalidateQueries({ queryKey: ["meta"] }),
  });
}
