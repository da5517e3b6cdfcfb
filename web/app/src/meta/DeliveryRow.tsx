import { Button } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { said } from "../api/said";
import { Bar } from "../ui/Bar";
import { Tag } from "../ui/Tag";
import { Trouble } from "../ui/Trouble";
import { exactTime, shortTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { bodyText, deliveryQuery } from "./deliveries";
import styles from "./EventsTab.module.css";
import type { Delivery, DeliveryLead, DeliveryResult } from "./metaShapes";

type Props = {
  delivery: Delivery;
  isOpen: boolean;
  open: () => void;
  isSelected: boolean;
  select?: (isOn: boolean) => void;
  replay?: () => void;
};

// Nothing about these needs anybody.
const calm = new Set<DeliveryResult>(["stored", "waiting", "unsorted"]);

// One POST of Meta: when, what was in it and what became of it.
export function DeliveryRow({ delivery, isOpen, open, isSelected, select, replay }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { received_at, leads, note, result } = delivery;
  const time = shortTime(received_at, Date.now(), locale);
  const troubled = leads.find(({ reason }) => reason)?.reason;
  const why = troubled ? said(troubled) : (note ?? "").split("; ").map(said).join("; ");
  return (
    <li className={styles.delivery} data-selected={isSelected || undefined}>
      <div className={styles.row}>
        {select && (
          <input
            type="checkbox"
            className={styles.check}
            aria-label={t("events.select", { time })}
            checked={isSelected}
            onChange={(event) => select(event.currentTarget.checked)}
          />
        )}
        <button type="button" className={styles.open} aria-expanded={isOpen} onClick={open}>
          <IconChevronDown size={16} stroke={1.6} aria-hidden="true" />
          <time dateTime={received_at} title={exactTime(received_at, locale)}>
            {time}
          </time>
          <span className={styles.what}>
            {t("events.leads", { count: delivery.lead_count })}
            {why !== "" && <span className={styles.reason}>{why}</span>}
          </span>
        </button>
        <span className={styles.bytes}>
          {new Intl.NumberFormat(locale.tag, {
            style: "unit",
            unit: "byte",
            unitDisplay: "short",
          }).format(delivery.bytes)}
        </span>
        {calm.has(result) ? (
          <span className={styles.size}>{t(`events.result.${result}`)}</span>
        ) : (
          <Tag tone={result === "blocked" ? "soon" : "over"}>{t(`events.result.${result}`)}</Tag>
        )}
      </div>
      {isOpen && <Inspector delivery={delivery} {...(replay ? { replay } : {})} />}
    </li>
  );
}

function Inspector({ delivery, replay }: { delivery: Delivery; replay?: () => void }) {
  const { t } = useTranslation();
  const record = useQuery(deliveryQuery(delivery.id));
  const leads = record.data?.leads ?? delivery.leads;
  return (
    <div className={styles.inside}>
      {leads.length > 0 && (
        <ul className={styles.fates} aria-label={t("events.fates")}>
          {leads.map((lead) => (
            <Fate key={lead.leadgen_id} lead={lead} />
          ))}
        </ul>
      )}
      {record.isPending && <Bar width={240} />}
      {record.isError && record.data === undefined && (
        <Trouble
          title={t("events.bodyTrouble")}
          problem={record.error}
          retry={() => record.refetch()}
        />
      )}
      {record.data && (
        <figure>
          <figcaption className={styles.quiet}>{t("events.masked")}</figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
          <pre className={styles.body} tabIndex={0}>
            {bodyText(record.data.body)}
          </pre>
        </figure>
      )}
      {replay && (
        <Button className={styles.again} onClick={replay}>
          {t("events.replayOne")}
        </Button>
      )}
    </div>
  );
}

function Fate({ lead }: { lead: DeliveryLead }) {
  const { t } = useTranslation();
  return (
    <li>
      <span className="num">{lead.leadgen_id}</span>
      <span className={styles.quiet}>
        {t(`events.fate.${lead.state ?? "unknown"}`)}
        {lead.reason ? `. ${said(lead.reason)}` : ""}
      </span>
      {lead.lead_id !== null && (
        <Link to="/leads/$id" params={{ id: lead.lead_id }}>
          {t("events.openLead")}
        </Link>
      )}
    </li>
  );
}
