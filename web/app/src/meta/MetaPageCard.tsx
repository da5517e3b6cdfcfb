import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Age } from "../ui/Age";
import { Tag } from "../ui/Tag";
import { exactTime, shortTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import type { MetaPage } from "./meta";
import styles from "./SourcesPage.module.css";

// One Facebook page: connected or not, how its leads arrive, and what stands in their way.
export function MetaPageCard({ page }: { page: MetaPage }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const mode =
    page.mode === "webhook" || page.mode === "polling" ? t(`sources.${page.mode}`) : page.mode;
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <span className={styles.initials} aria-hidden="true">
          {page.name.slice(0, 2).toUpperCase()}
        </span>
        <div className={styles.names}>
          <h3 className={styles.name}>{page.name}</h3>
          <p className={styles.quiet}>
            {t("sources.page")} <span className="num">{page.page_id}</span>
          </p>
        </div>
        {page.connected ? (
          page.problems.length === 0 ? (
            <Tag>{t("sources.connected")}</Tag>
          ) : (
            <Tag tone="over">{t("sources.problems", { count: page.problems.length })}</Tag>
          )
        ) : (
          <Tag tone="over">{t("sources.disconnected")}</Tag>
        )}
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t("sources.lastLead")}</dt>
          <dd>
            {page.last_lead_at === null ? (
              t("sources.never")
            ) : (
              <>
                <Age since={page.last_lead_at} /> {t("sources.ago")}
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{t("sources.mode")}</dt>
          <dd>{mode}</dd>
        </div>
        <div>
          <dt>{t("sources.waiting")}</dt>
          <dd className="num">{new Intl.NumberFormat(locale).format(page.waiting_fetches)}</dd>
        </div>
      </dl>
      {page.problems.map(({ code, message, since }) => (
        <p key={code} className={styles.problem}>
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
          <span>
            {message}{" "}
            <time dateTime={since} title={exactTime(since, locale)}>
              {t("sources.since", { time: shortTime(since, Date.now(), locale) })}
            </time>
          </span>
        </p>
      ))}
    </li>
  );
}
