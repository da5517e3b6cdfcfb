import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Tag } from "../ui/Tag";
import { exactTime, shortTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import styles from "./AuditSection.module.css";
import { useActionName } from "./actions";
import type { Entry } from "./audit";
import type { AuditSearch } from "./auditSearch";

type Props = { entry: Entry; narrow: (change: AuditSearch) => void };

// One line of the log: when, who, what, to which, from where.
export function AuditRow({ entry, narrow }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { who, object } = entry;
  const nameOf = useActionName();
  return (
    <li className={styles.row}>
      <time className={styles.quiet} dateTime={entry.at} title={exactTime(entry.at, locale)}>
        {shortTime(entry.at, Date.now(), locale)}
      </time>
      <span className={styles.who} dir="auto">
        {who === null ? (
          t("audit.system")
        ) : (
          <button
            type="button"
            className={styles.narrow}
            title={t("audit.only")}
            onClick={() => narrow(who.kind === "key" ? { key: who.id } : { person: who.id })}
          >
            {who.kind === "support"
              ? t("audit.support", { name: who.name || t("audit.gone") })
              : who.name || t("audit.gone")}
          </button>
        )}
        {who?.kind === "key" && <Tag>{t("audit.byKey")}</Tag>}
      </span>
      <span className={styles.what}>
        <button
          type="button"
          className={styles.narrow}
          title={t("audit.only")}
          onClick={() => narrow({ action: entry.action })}
        >
          {nameOf(entry.action, entry.what)}
        </button>
        {entry.outcome === "refused" && <Tag tone="over">{t("audit.refused")}</Tag>}
        {object !== "" && object !== who?.id && (
          <span className={styles.object}>
            <button
              type="button"
              className={styles.narrow}
              title={t("audit.only")}
              onClick={() => narrow({ object })}
            >
              {entry.object_name === null && !object.includes(" ") ? (
                <code>{object}</code>
              ) : (
                <span dir="auto" title={object}>
                  {entry.object_name ?? object}
                </span>
              )}
            </button>
            {object.startsWith("lead_") && (
              <Link to="/leads/$id" params={{ id: object }} preload={false}>
                {t("audit.openLead")}
              </Link>
            )}
          </span>
        )}
      </span>
      <span className={styles.quiet}>{entry.address}</span>
    </li>
  );
}
