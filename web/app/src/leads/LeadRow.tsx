import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { Age } from "../ui/Age";
import { Avatar } from "../ui/Avatar";
import { ClockRing } from "../ui/ClockRing";
import { Tag } from "../ui/Tag";
import { displayPhone } from "./contactLinks";
import { furtherAnswers } from "./furtherAnswers";
import styles from "./LeadTable.module.css";
import type { LeadFilter } from "./leadFilter";
import type { Lead } from "./leads";
import { SourceMark } from "./SourceMark";
import { StageMark } from "./StageMark";

type Props = {
  lead: Lead;
  index: number;
  start: number;
  filter: LeadFilter;
  isOpen: boolean;
  isCursor: boolean;
  open: (id: string) => void;
  // Only for who may do something to several leads.
  isPicked?: boolean;
  toggle?: ((id: string) => void) | undefined;
  reach?: ((id: string) => void) | undefined;
};

export const LeadRow = memo(function LeadRow({
  lead,
  index,
  start,
  filter,
  isOpen,
  isCursor,
  open,
  isPicked = false,
  toggle,
  reach,
}: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const isWaiting = lead.stage.kind === "new";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter opens the focused row, see LeadTable
    <div
      role="row"
      className={styles.row}
      style={{ transform: `translateY(${start}px)` }}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      tabIndex={isCursor ? 0 : -1}
      data-id={lead.id}
      data-virtual
      data-picked={isPicked || undefined}
      onClick={(event) => {
        if (event.shiftKey && reach) reach(lead.id);
        else if ((event.ctrlKey || event.metaKey) && toggle) toggle(lead.id);
        else open(lead.id);
      }}
    >
      <span role="gridcell" className={styles.age} data-waiting={isWaiting || undefined}>
        <span className={styles.ring}>{isWaiting && <ClockRing size={16} state="waiting" />}</span>
        {toggle && reach && (
          <input
            type="checkbox"
            className={styles.pick}
            tabIndex={-1}
            aria-label={t("bulk.pick", { name: lead.name || lead.number })}
            checked={isPicked}
            onChange={() => toggle(lead.id)}
            onClick={(event) => {
              event.stopPropagation();
              if (!event.shiftKey) return;
              event.preventDefault();
              reach(lead.id);
            }}
          />
        )}
        <Age since={lead.submitted_at} />
      </span>
      <span role="gridcell" className={styles.name}>
        <Link
          to="/leads/$id"
          params={{ id: lead.id }}
          search={filter}
          preload={false}
          tabIndex={-1}
          className={styles.link}
          onClick={(event) => {
            // A plain click opens the panel; with a key held, the browser opens the full page.
            if (event.ctrlKey || event.metaKey || event.shiftKey) event.stopPropagation();
            else event.preventDefault();
          }}
        >
          {lead.name || t("lead.nameless", { number: lead.number })}
        </Link>
        {lead.is_test && <Tag>{t("lead.test")}</Tag>}
        {lead.submission_count > 1 && <Tag tone="accent">{t("lead.cameBack")}</Tag>}
      </span>
      <span role="gridcell" className={styles.form}>
        <SourceMark source={lead.source} />
        <span className={styles.text}>{lead.source.form_name ?? lead.source.page_name}</span>
      </span>
      <span role="gridcell" className={styles.stage}>
        <StageMark stage={lead.stage} />
      </span>
      <span
        role="gridcell"
        className={styles.owner}
        title={lead.owner?.name ?? t("lead.unassigned")}
      >
        <Avatar name={lead.owner?.name} mine={lead.owner?.id === me.user.id} />
        <span className="vh">{lead.owner?.name ?? t("lead.unassigned")}</span>
      </span>
      <span role="gridcell" className={styles.phone}>
        {displayPhone(lead)}
      </span>
      <span role="gridcell" className={styles.answers}>
        {furtherAnswers(lead)
          .map(({ values }) => values.join(", "))
          .join(" · ")}
      </span>
    </div>
  );
});
