import { Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { setScrolled, showWaiting } from "../live/leadNews";
import { usePhone } from "../ui/screenWidth";
import { useReasonOf } from "../ui/Trouble";
import { useKeys } from "../ui/useKeys";
import { LeadRow } from "./LeadRow";
import styles from "./LeadTable.module.css";
import type { LeadFilter, LeadSort } from "./leadFilter";
import type { Lead } from "./leads";
import type { Selection } from "./useSelection";

type Props = {
  leads: Lead[];
  filter: LeadFilter;
  opened: string | undefined;
  open: (id: string | undefined, replace?: boolean) => void;
  // How many new leads wait behind the pill.
  waiting: number;
  more: { exists: boolean; loading: boolean; problem: unknown; load: () => void };
  sortBy: (sort: LeadSort) => void;
  // Nothing: this person picks none.
  selection: Selection | undefined;
  // Nothing: this person gives none away.
  assign: (() => void) | undefined;
};

// Only the rows on screen exist in the page, however long the list is.
export function LeadTable({
  leads,
  filter,
  opened,
  open,
  waiting,
  more,
  sortBy,
  selection,
  assign,
}: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const phone = usePhone();
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<string | undefined>(opened ?? leads[0]?.id);
  const rows = useVirtualizer({
    count: leads.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (phone ? 64 : 41),
    getItemKey: (index) => leads[index]?.id ?? index,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const { exists, loading, problem, load } = more;

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows change size with the layout
  useEffect(() => rows.measure(), [phone]);

  useEffect(() => {
    if (exists && !loading && problem === null && lastShown >= leads.length - 30) load();
  }, [exists, loading, problem, load, lastShown, leads.length]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const note = () => setScrolled(cache, filter, element.scrollTop > 4);
    note();
    element.addEventListener("scroll", note, { passive: true });
    return () => {
      element.removeEventListener("scroll", note);
      setScrolled(cache, filter, false);
    };
  }, [cache, filter]);

  const focusRow = (id: string) =>
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)
        ?.focus({ preventScroll: true }),
    );

  // After the panel closes, the keyboard is back where it was.
  const before = useRef(opened);
  useEffect(() => {
    const closed = before.current;
    before.current = opened;
    if (opened !== undefined) setCursor(opened);
    else if (closed !== undefined) focusRow(closed);
  });

  const move = (by: number) => {
    const at = leads.findIndex(({ id }) => id === cursor);
    const next = leads[Math.min(leads.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    setCursor(next.id);
    rows.scrollToIndex(leads.indexOf(next), { align: "auto" });
    if (opened !== undefined) open(next.id, true);
    else focusRow(next.id);
  };

  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    x: selection && (() => cursor !== undefined && selection.toggle(cursor)),
    a:
      selection &&
      assign &&
      (() => {
        if (selection.leads.length === 0 && cursor !== undefined) selection.toggle(cursor);
        assign();
      }),
    Home: () => move(-leads.length),
    End: () => move(leads.length),
    Enter: (event) => {
      // On a button or link, Enter belongs to it.
      const at = event.target;
      if (at instanceof HTMLElement && at.matches("a, button")) at.click();
      else if (cursor !== undefined) open(cursor);
    },
  });

  const showNew = async () => {
    await showWaiting(cache, filter);
    rows.scrollToOffset(0);
  };

  return (
    <div
      className={styles.table}
      role="grid"
      aria-label={t("leads.title")}
      aria-rowcount={exists ? -1 : leads.length + 1}
    >
      <div role="rowgroup" className={styles.headGroup}>
        <div className={styles.head} role="row" aria-rowindex={1}>
          <SortHeader
            className={styles.age}
            label={t("column.age")}
            down="-submitted_at"
            up="submitted_at"
            sort={filter.sort ?? "-submitted_at"}
            sortBy={sortBy}
          />
          <SortHeader
            className={styles.name}
            label={t("column.name")}
            down="-name"
            up="name"
            first="up"
            sort={filter.sort ?? "-submitted_at"}
            sortBy={sortBy}
          />
          <span role="columnheader" className={styles.form}>
            {t("column.form")}
          </span>
          <span role="columnheader" className={styles.stage}>
            {t("column.stage")}
          </span>
          <span role="columnheader" className={styles.owner}>
            <span className="vh">{t("column.owner")}</span>
          </span>
          <span role="columnheader" className={styles.phone}>
            {t("column.phone")}
          </span>
          <span role="columnheader" className={styles.answers}>
            {t("column.answers")}
          </span>
        </div>
      </div>
      {waiting > 0 && (
        <button type="button" className={styles.pill} onClick={showNew}>
          <IconArrowUp size={14} stroke={2} aria-hidden="true" />
          {t("leads.new", { count: waiting })}
        </button>
      )}
      <div ref={scroller} className={styles.scroller} role="rowgroup">
        <div className={styles.space} style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, key, start }) => {
            const lead = leads[index];
            return (
              lead && (
                <LeadRow
                  key={key}
                  lead={lead}
                  index={index}
                  start={start}
                  filter={filter}
                  isOpen={lead.id === opened}
                  isCursor={lead.id === (cursor ?? leads[0]?.id)}
                  open={open}
                  isPicked={selection?.has(lead.id) ?? false}
                  toggle={selection?.toggle}
                  reach={selection?.reach}
                />
              )
            );
          })}
        </div>
        {problem !== null && <MoreTrouble problem={problem} load={load} />}
      </div>
    </div>
  );
}

type SortHeaderProps = {
  className: string | undefined;
  label: string;
  up: LeadSort;
  down: LeadSort;
  first?: "up" | "down";
  sort: LeadSort;
  sortBy: (sort: LeadSort) => void;
};

function SortHeader({ className, label, up, down, first = "down", sort, sortBy }: SortHeaderProps) {
  const direction = sort === up ? "ascending" : sort === down ? "descending" : "none";
  const start = first === "up" ? up : down;
  const other = first === "up" ? down : up;
  const Arrow = direction === "ascending" ? IconArrowUp : IconArrowDown;
  return (
    <span role="columnheader" className={className} aria-sort={direction}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => sortBy(sort === start ? other : start)}
      >
        {label}
        {direction !== "none" && <Arrow size={12} stroke={1.6} aria-hidden="true" />}
      </button>
    </span>
  );
}

// The leads above are fine; only the next ones did not come.
function MoreTrouble({ problem, load }: { problem: unknown; load: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.moreTrouble} role="alert">
      <span>
        {t("leads.moreTrouble")} {useReasonOf()(problem)}
      </span>
      <Button size="sm" onClick={load}>
        {t("trouble.again")}
      </Button>
    </div>
  );
}
