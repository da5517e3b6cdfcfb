import { ActionIcon } from "@mantine/core";
import { IconArrowsDiagonal, IconChevronLeft, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePhone } from "../ui/screenWidth";
import { useKeys } from "../ui/useKeys";
import { useLocale } from "../ui/useLocale";
import { useStored } from "../ui/useStored";
import { LeadDetails } from "./LeadDetails";
import { LeadMenu } from "./LeadMenu";
import styles from "./LeadPanel.module.css";
import { LeadTrouble } from "./LeadTrouble";
import type { LeadFilter } from "./leadFilter";
import { type Lead, type LeadCount, leadQuery } from "./leads";
import { NeighbourButtons } from "./NeighbourButtons";
import { PanelEdge } from "./PanelEdge";
import { useNeighbours } from "./useNeighbours";

type Props = {
  id: string;
  leads: Lead[];
  filter: LeadFilter;
  total: LeadCount | undefined;
  open: (id: string | undefined, replace?: boolean) => void;
  nearEnd: () => void;
};

export const panelWidth = { least: 420, usual: 432, most: 520 };

// One lead beside the list it stands in; on a phone it covers the screen.
export function LeadPanel({ id, leads, filter, total, open, nearEnd }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const phone = usePhone();
  const [width, setWidth] = useStored("panel-width", panelWidth.usual);
  const record = useQuery(leadQuery(id));
  const { lead: inList, place, previous, next } = useNeighbours(leads, id, nearEnd);
  const lead = record.data ?? inList;
  const go = (to: string | undefined) => () => to !== undefined && open(to, true);
  const close = () => open(undefined);
  useKeys({ Escape: close, "[": go(previous), "]": go(next) });

  const number = (value: number) => new Intl.NumberFormat(locale.tag).format(value);
  const position =
    place === undefined || total === undefined
      ? ""
      : t("lead.position", {
          place: number(place),
          total: `${number(total.count)}${total.capped ? "+" : ""}`,
        });

  return (
    <aside
      className={styles.panel}
      aria-label={lead?.name || t("lead.panel")}
      style={phone ? undefined : { width }}
    >
      {!phone && <PanelEdge width={width} change={setWidth} />}
      <header className={styles.bar}>
        {phone && (
          <ActionIcon aria-label={t("lead.back")} onClick={close}>
            <IconChevronLeft size={24} />
          </ActionIcon>
        )}
        <NeighbourButtons previous={previous} next={next} go={go} />
        <span className={styles.position}>{position}</span>
        {lead && <LeadMenu lead={lead} {...(phone ? {} : { size: "sm" })} deleted={close} />}
        {!phone && (
          <>
            <ActionIcon
              renderRoot={(props) => (
                <Link {...props} to="/leads/$id" params={{ id }} search={filter} />
              )}
              size="sm"
              aria-label={t("lead.fullPage")}
              title={t("lead.fullPage")}
            >
              <IconArrowsDiagonal size={16} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={t("lead.close")}
              aria-keyshortcuts="Escape"
              onClick={close}
            >
              <IconX size={16} />
            </ActionIcon>
          </>
        )}
      </header>
      <div key={id} className={styles.content}>
        {record.isError && record.data === undefined ? (
          <LeadTrouble problem={record.error} retry={() => record.refetch()} />
        ) : (
          lead && <LeadDetails lead={lead} record={record.data} layout="panel" />
        )}
      </div>
    </aside>
  );
}
