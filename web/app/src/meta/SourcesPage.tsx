import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { LiveDot } from "../live/LiveDot";
import { PageBar } from "../ui/PageBar";
import { Trouble } from "../ui/Trouble";
import { useSlow } from "../ui/useSlow";
import { useTitle } from "../ui/useTitle";
import { DoctorTab } from "./DoctorTab";
import { EventsTab } from "./EventsTab";
import { FirstRun } from "./FirstRun";
import { FormsTab } from "./FormsTab";
import { LeadDelays } from "./LeadDelays";
import { LeadLedger } from "./LeadLedger";
import { LeadsFile } from "./LeadsFile";
import { LoginNotice } from "./LoginNotice";
import { MetaPageCards, MetaPageCardsLoading } from "./MetaPageCards";
import { healthOf, loginAddress, pagesQuery } from "./meta";
import type { MetaPage } from "./metaShapes";
import { OwnApp } from "./OwnApp";
import { PageChooser } from "./PageChooser";
import { PagesTab } from "./PagesTab";
import styles from "./SourcesPage.module.css";
import { SourcesTabs } from "./SourcesTabs";

const route = getRouteApi("/signed-in/sources");

// Where leads come from, and whether they come.
export function SourcesPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = route.useSearch();
  const pages = useQuery(pagesQuery);
  const loadingSlowly = useSlow(pages.isPending);
  useTitle(t("sources.title"));

  const mayChange = me.rights.includes("write_sources");
  const isFirstRun =
    useFirstRun(pages.data, search.step !== undefined) && mayChange && pages.data !== undefined;
  const isOwnApp = mayChange && search.app === "own";

  return (
    <>
      <PageBar
        title={t("sources.title")}
        end={
          <div className={styles.end}>
            <LiveDot />
            {mayChange && !isFirstRun && pages.data !== undefined && (
              <Button
                component="a"
                href={loginAddress()}
                leftSection={<IconPlus size={16} stroke={1.6} />}
              >
                {t("connect.page")}
              </Button>
            )}
          </div>
        }
      />
      <div className={styles.content} data-first-run={(isFirstRun && !isOwnApp) || undefined}>
        {!isFirstRun && <LoginNotice />}
        {loadingSlowly && <MetaPageCardsLoading />}
        {pages.isError && pages.data === undefined && (
          <Trouble
            title={t("sources.trouble")}
            problem={pages.error}
            retry={() => pages.refetch()}
          />
        )}
        {pages.data !== undefined &&
          (isOwnApp ? (
            <OwnApp />
          ) : isFirstRun ? (
            <FirstRun pages={pages.data} />
          ) : (
            <ConnectedPages pages={pages.data} mayChange={mayChange} />
          ))}
      </div>
    </>
  );
}

// The first run lasts until its last step, also when of two pages only one could be connected.
function useFirstRun(pages: MetaPage[] | undefined, hasChosen: boolean): boolean {
  const [hasBegun, setHasBegun] = useState(false);
  const isNew = pages?.length === 0;
  const isRunning = (hasBegun || isNew) && !hasChosen;
  if (isRunning !== hasBegun) setHasBegun(isRunning);
  return isRunning || hasChosen;
}

function ConnectedPages({ pages, mayChange }: { pages: MetaPage[]; mayChange: boolean }) {
  const { t } = useTranslation();
  const { page: wanted, tab = "pages", connected } = route.useSearch();
  const chosen = pages.find(({ page_id }) => page_id === wanted) ?? mostUrgent(pages);
  if (connected === "1" && mayChange) return <PageChooser pages={pages} />;
  if (chosen === undefined) return <p className={styles.quiet}>{t("sources.noneYet")}</p>;
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <MetaPageCards pages={pages} chosen={chosen} />
        <SourcesTabs here={tab} />
        {tab === "pages" && <PagesTab pages={pages} mayChange={mayChange} />}
        {tab === "forms" && <FormsTab mayChange={mayChange} />}
        {tab === "events" && <EventsTab mayChange={mayChange} />}
        {tab === "doctor" && <DoctorTab key={chosen.page_id} page={chosen} mayChange={mayChange} />}
      </div>
      <aside className={styles.side} aria-label={t("sources.side", { page: chosen.name })}>
        <LeadLedger page={chosen} />
        {tab === "doctor" && <LeadDelays page={chosen} />}
        <LeadsFile mayChange={mayChange} />
      </aside>
    </div>
  );
}

// Without a choice, the page that most needs to be looked at.
function mostUrgent(pages: MetaPage[]): MetaPage | undefined {
  return (
    pages.find((page) => healthOf(page) === "stopped") ??
    pages.find((page) => healthOf(page) === "quiet") ??
    pages.find(({ connected }) => connected) ??
    pages[0]
  );
}
