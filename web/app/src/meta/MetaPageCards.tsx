import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Sparkline } from "../ui/Sparkline";
import styles from "./MetaPageCards.module.css";
import { healthOf } from "./meta";
import type { MetaPage } from "./metaShapes";
import { PageMark } from "./PageMark";

const atFirst = 6;
const order = { stopped: 0, quiet: 1, normal: 2, unknown: 2, off: 3 };

// All pages at a glance. The chosen one is what ledger and doctor are about.
export function MetaPageCards({ pages, chosen }: { pages: MetaPage[]; chosen: MetaPage }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const sorted =
    pages.length <= atFirst
      ? pages
      : pages.toSorted((a, b) => order[healthOf(a)] - order[healthOf(b)]);
  const shown = all
    ? sorted
    : sorted.filter((page, place) => place < atFirst || page.page_id === chosen.page_id);
  return (
    <section aria-label={t("sources.pages")}>
      <ul className={styles.cards}>
        {shown.map((page) => (
          <li key={page.page_id}>
            <PageCard page={page} isChosen={page.page_id === chosen.page_id} />
          </li>
        ))}
      </ul>
      {shown.length < pages.length && (
        <Button variant="subtle" mt="xs" onClick={() => setAll(true)}>
          {t("sources.showAll", { count: pages.length })}
        </Button>
      )}
    </section>
  );
}

function PageCard({ page, isChosen }: { page: MetaPage; isChosen: boolean }) {
  const { t } = useTranslation();
  const today = page.hours?.reduce((sum, count) => sum + count, 0) ?? 0;
  return (
    <Link
      to="/sources"
      search={({ connected: _, trouble: __, ...before }) => ({ ...before, page: page.page_id })}
      className={styles.card}
      data-chosen={isChosen || undefined}
      activeOptions={{ exact: true }}
      aria-current={isChosen ? "page" : undefined}
    >
      <span className={styles.head}>
        <PageMark name={page.name} />
        <span className={styles.names}>
          <span className={styles.name}>{page.name}</span>
          <span className={styles.by}>
            {page.connected_by ? t("sources.by", { name: page.connected_by.name }) : null}
            {page.connected_at !== null && <Ago time={page.connected_at} />}
          </span>
        </span>
        {page.hours !== undefined && page.hours.length > 0 && (
          <Sparkline counts={page.hours} label={t("sources.lastDay", { count: today })} />
        )}
      </span>
      <span className={styles.foot}>
        <span className={styles.last}>
          {t("sources.lastLead")}{" "}
          <b>
            {page.last_lead_at === null ? t("sources.never") : <Ago time={page.last_lead_at} />}
          </b>
        </span>
        <Health page={page} />
      </span>
    </Link>
  );
}

function Health({ page }: { page: MetaPage }) {
  const { t } = useTranslation();
  const health = healthOf(page);
  if (health === "unknown") return null; // a page with too short a past to say what is usual
  const Icon = health === "normal" ? IconCheck : IconAlertTriangle;
  return (
    <span className={styles.health} data-health={health}>
      {health !== "off" && <Icon size={16} stroke={1.6} aria-hidden="true" />}
      {t(`sources.health.${health}`)}
    </span>
  );
}

export function MetaPageCardsLoading() {
  const { t } = useTranslation();
  return (
    <ul className={styles.cards} aria-busy="true" aria-label={t("sources.loading")}>
      {[1, 2].map((card) => (
        <li key={card} className={styles.card}>
          <span className={styles.head}>
            <PageMark name="" />
            <span className={styles.bars}>
              <Bar width={140} />
              <Bar width={100} />
            </span>
          </span>
          <span className={styles.foot}>
            <Bar width={180} />
          </span>
        </li>
      ))}
    </ul>
  );
}
