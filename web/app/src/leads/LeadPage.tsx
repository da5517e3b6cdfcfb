import { IconArrowLeft } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { LiveDot } from "../live/LiveDot";
import { Bar } from "../ui/Bar";
import { useKeys } from "../ui/useKeys";
import { useSlow } from "../ui/useSlow";
import { LeadDetails } from "./LeadDetails";
import { LeadMenu } from "./LeadMenu";
import styles from "./LeadPage.module.css";
import { LeadTrouble } from "./LeadTrouble";
import { filterOf, isFiltered } from "./leadFilter";
import { leadQuery, leadsOf, leadsQuery } from "./leads";
import { NeighbourButtons } from "./NeighbourButtons";
import { useNeighbours } from "./useNeighbours";
import { useNewcomers } from "./useNewcomers";

const route = getRouteApi("/signed-in/leads/$id");

// One lead with all the room there is. The address still knows the list it was opened from.
export function LeadPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = useMemo(() => filterOf(search), [search]);
  const record = useQuery(leadQuery(id));
  const list = useInfiniteQuery(leadsQuery(filter));
  const leads = useMemo(() => leadsOf(list.data), [list.data]);
  const {
    lead: inList,
    previous,
    next,
  } = useNeighbours(leads, id, () => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  });
  const lead = record.data ?? inList;
  const loadingSlowly = useSlow(lead === undefined && record.isPending);
  useNewcomers(t("leads.title"), lead?.name);

  const go = (to: string | undefined) => () =>
    to !== undefined &&
    navigate({ to: "/leads/$id", params: { id: to }, search: filter, replace: true });
  useKeys({
    "[": go(previous),
    "]": go(next),
    k: go(previous),
    j: go(next),
    Escape: () => navigate({ to: "/leads", search: { ...filter, open: id } }),
  });

  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Link to="/leads" search={filter} className={styles.back}>
          <IconArrowLeft size={16} stroke={1.6} aria-hidden="true" />
          {isFiltered(filter) ? t("lead.backToFiltered") : t("leads.title")}
        </Link>
        <span className={styles.neighbours}>
          <NeighbourButtons previous={previous} next={next} go={go} variant="default" />
        </span>
        <span className={styles.space} />
        {lead && (
          <LeadMenu lead={lead} deleted={() => navigate({ to: "/leads", search: filter })} />
        )}
        <LiveDot />
      </header>
      {record.isError && record.data === undefined && (
        <LeadTrouble problem={record.error} retry={() => record.refetch()} />
      )}
      {loadingSlowly && (
        <div className={styles.skeleton} role="status" aria-label={t("lead.loading")}>
          <span className={styles.ring} />
          <Bar width={180} />
        </div>
      )}
      {lead && !(record.isError && record.data === undefined) && (
        <LeadDetails key={id} lead={lead} record={record.data} layout="page" />
      )}
    </div>
  );
}
