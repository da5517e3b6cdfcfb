import {
  IconArrowBackUp,
  IconArrowRight,
  IconClipboardText,
  IconPencil,
  IconPoint,
  IconRefresh,
  IconRepeat,
  IconUser,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import { fieldsQuery } from "../customFields/customFields";
import { exactTime, shortTime } from "../ui/time";
import { inSentence, useLocale } from "../ui/useLocale";
import styles from "./LeadTimeline.module.css";
import type { Source, TimelineEntry } from "./leads";

const icons: Record<string, typeof IconPoint> = {
  "lead.created": IconClipboardText,
  "lead.came_back": IconRefresh,
  "lead.stage_changed": IconArrowRight,
  "lead.assigned": IconUser,
  "lead.contact_changed": IconPencil,
  "lead.fields_changed": IconPencil,
  "lead.read_again": IconRepeat,
  "lead.reading_undone": IconArrowBackUp,
};

// What happened, newest first.
export function LeadTimeline({ entries, source }: { entries: TimelineEntry[]; source: Source }) {
  const locale = useLocale();
  const now = Date.now();
  return (
    <ol className={styles.line}>
      {entries
        .toSorted((a, b) => b.seq - a.seq)
        .map((entry) => {
          const Icon = icons[entry.kind] ?? IconPoint;
          return (
            <li key={entry.seq} className={styles.entry}>
              <span className={styles.icon}>
                <Icon size={14} stroke={1.6} aria-hidden="true" />
              </span>
              <div className={styles.text}>
                <Happening entry={entry} source={source} />
              </div>
              <time dateTime={entry.at} title={exactTime(entry.at, locale)}>
                {shortTime(entry.at, now, locale)}
              </time>
            </li>
          );
        })}
    </ol>
  );
}

function Happening({ entry, source }: { entry: TimelineEntry; source: Source }): ReactNode {
  const { t } = useTranslation();
  const { kind, actor, data } = entry;
  const person = { who: actor?.name ?? t("timeline.system") };
  const bold = { b: <b /> };
  const fields = useFieldNames(data.fields ?? []);
  switch (kind) {
    case "lead.created":
    case "lead.came_back": {
      const path = [source.campaign_name, source.adset_name, source.ad_name]
        .filter(Boolean)
        .join(" › ");
      const on =
        source.platform === "fb" || source.platform === "ig"
          ? t(`source.${source.platform}`)
          : undefined;
      const first = kind === "lead.created";
      return (
        <>
          {on === undefined
            ? t(first ? "timeline.created" : "timeline.cameBack")
            : t(first ? "timeline.createdOn" : "timeline.cameBackOn", { on })}
          {path !== "" && <p>{path}</p>}
        </>
      );
    }
    case "lead.stage_changed":
      return (
        <Trans
          i18nKey="timeline.moved"
          values={{ ...person, to: data.to?.name ?? "" }}
          components={bold}
        />
      );
    case "lead.assigned":
      return (
        <Trans
          i18nKey={data.owner ? "timeline.assigned" : "timeline.unassigned"}
          values={{ ...person, to: data.owner?.name ?? "" }}
          components={bold}
        />
      );
    case "lead.contact_changed":
    case "lead.fields_changed":
      return <Trans i18nKey="timeline.contact" values={{ ...person, fields }} components={bold} />;
    case "lead.read_again":
      return (
        <Trans i18nKey="timeline.readAgain" values={{ ...person, fields }} components={bold} />
      );
    case "lead.reading_undone":
      return (
        <Trans i18nKey="timeline.readingUndone" values={{ ...person, fields }} components={bold} />
      );
    case "lead.deleted":
    case "lead.restored":
      return (
        <Trans
          i18nKey={kind === "lead.deleted" ? "timeline.deleted" : "timeline.restored"}
          values={person}
          components={bold}
        />
      );
    default:
      return kind;
  }
}

// "mail and Budget": what of a lead was changed, in words.
function useFieldNames(names: string[]): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const fields = useQuery(fieldsQuery).data ?? [];
  const words = names.map((name) => {
    if (name === "name" || name === "phone" || name === "email")
      return inSentence(t(`contact.${name}`), locale);
    const key = name.replace(/^custom\./, "");
    return fields.find((field) => field.key === key)?.label ?? key;
  });
  return new Intl.ListFormat(locale.tag).format(words);
}
