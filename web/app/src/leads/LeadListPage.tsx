import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { LiveDot } from "../live/LiveDot";
import { waitingQuery } from "../live/leadNews";
import { PageBar } from "../ui/PageBar";
import { useCramped, usePhone } from "../ui/screenWidth";
import { Trouble } from "../ui/Trouble";
import { useLocale } from "../ui/useLocale";
import { useSlow } from "../ui/useSlow";
import { useStored } from "../ui/useStored";
import { BulkBar } from "./BulkBar";
import { LeadExportMenu } from "./LeadExportMenu";
import { LeadFilters } from "./LeadFilters";
import styles from "./LeadListPage.module.css";
import { LeadPanel } from "./LeadPanel";
import { LeadSearchField } from "./LeadSearchField";
import { LeadSkeleton } from "./LeadSkeleton";
import { LeadSortMenu } from "./LeadSortMenu";
import { LeadTable } from "./LeadTable";
import { filterOf, isFiltered, type LeadFilter } from "./leadFilter";
import { leadCountQuery, leadsOf, leadsQuery } from "./leads";
import { NoLeads } from "./NoLeads";
import { useNewcomers } from "./useNewcomers";
import { useSelection } from "./useSelection";

const route = getRouteApi("/signed-in/leads");

// The address bar holds the filter, so a list can be bookmarked, shared and gone back to.
export function LeadListPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const phone = usePhone();
  const cramped = useCramped();
  const [folded] = useStored("rail-folded", false);
  const filter = useMemo(() => filterOf(search), [search]);
  const list = useInfiniteQuery(leadsQuery(filter));
  const count = useQuery(leadCountQuery(filter));
  const waiting = useQuery(waitingQuery(filter)).data.ids.length;
  const loadingSlowly = useSlow(list.isPending);
  const leads = useMemo(() => leadsOf(list.data), [list.data]);
  useNewcomers(
    t("leads.title"),
    search.open === undefined ? undefined : leads.find(({ id }) => id === search.open)?.name,
  );

  const { rights } = useMe();
  const assigns = rights.includes("assign_leads");
  const picks = (assigns || rights.includes("delete_leads")) && !phone;
  const selection = useSelection(leads);
  const [isAssigning, setIsAssigning] = useState(false);

  const setFilter = (next: LeadFilter) =>
    navigate({ search: { ...next, ...(search.open ? { open: search.open } : {}) } });
  const open = useCallback(
    (id: string | undefined, replace = false) =>
      navigate({
        replace,
        search: ({ open: _, ...before }) => (id === undefined ? before : { ...before, open: id }),
      }),
    [navigate],
  );

  const total =
    count.data &&
    (count.data.capped
      ? t("leads.countCapped", {
          count: count.data.count,
          text: `${number(count.data.count, locale.tag)}+`,
        })
      : t("leads.count", {
          count: count.data.count,
          text: number(count.data.count, locale.tag),
        }));

  return (
    <div className={styles.page}>
      <div className={styles.list} data-covered={(phone && search.open !== undefined) || undefined}>
        <PageBar title={t("leads.title")} end={<LiveDot />}>
          {(cramped || folded) && <LeadSearchField place="bar" />}
        </PageBar>
        <div className={styles.filters}>
          <LeadFilters filter={filter} change={setFilter} leads={leads} />
          <LeadSortMenu filter={filter} change={setFilter} />
          {rights.includes("export_leads") && <LeadExportMenu filter={filter} />}
        </div>
        <div className={styles.split}>
          <section className={styles.rows} aria-label={t("leads.title")} aria-busy={list.isPending}>
            {loadingSlowly && <LeadSkeleton rows={phone ? 9 : 16} />}
            {list.isError && leads.length === 0 && (
              <Trouble
                title={t("leads.trouble")}
                problem={list.error}
                retry={() => list.refetch()}
              />
            )}
            {list.isSuccess && leads.length === 0 && (
              <NoLeads
                filtered={isFiltered(filter)}
                clear={() => setFilter(filter.sort ? { sort: filter.sort } : {})}
              />
            )}
            {leads.length > 0 && (
              <LeadTable
                leads={leads}
                filter={filter}
                opened={search.open}
                open={open}
                waiting={waiting}
                more={{
                  exists: list.hasNextPage,
                  loading: list.isFetchingNextPage,
                  problem: list.isFetchNextPageError ? list.error : null,
                  load: () => list.fetchNextPage(),
                }}
                sortBy={(sort) =>
                  setFilter(sort === "-submitted_at" ? withoutSort(filter) : { ...filter, sort })
                }
                selection={picks ? selection : undefined}
                assign={assigns ? () => setIsAssigning(true) : undefined}
              />
            )}
            {picks && selection.leads.length > 0 && (
              <BulkBar
                selection={selection}
                shown={leads.length}
                menu={{ isOpen: isAssigning, setOpen: setIsAssigning }}
              />
            )}
            {leads.length > 0 && !(picks && selection.leads.length > 0) && (
              <footer className={styles.foot}>
                <span>{total ?? " "}</span>
                <span className={styles.fresh}>
                  {list.isRefetching && !list.isFetchingNextPage ? t("leads.refreshing") : ""}
                </span>
              </footer>
            )}
          </section>
          {search.open !== undefined && (
            <LeadPanel
              key={phone ? "phone" : "wide"}
              id={search.open}
              leads={leads}
              filter={filter}
              total={count.data}
              open={open}
              nearEnd={() => list.hasNextPage && !list.isFetchingNextPage && list.fetchNextPage()}
            />
          )}
        </div>
      </div>
    </div>
  );
}

const withoutSort = ({ sort: _, ...filter }: LeadFilter): LeadFilter => filter;
const number = (value: number, language: string) => new Intl.NumberFormat(language).format(value);
