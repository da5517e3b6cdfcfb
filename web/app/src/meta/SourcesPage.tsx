import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { LiveDot } from "../live/LiveDot";
import { Bar } from "../ui/Bar";
import { ClockRing } from "../ui/ClockRing";
import { Empty } from "../ui/Empty";
import { PageBar } from "../ui/PageBar";
import { Trouble } from "../ui/Trouble";
import { useSlow } from "../ui/useSlow";
import { useTitle } from "../ui/useTitle";
import { MetaPageCard } from "./MetaPageCard";
import { pagesQuery } from "./meta";
import styles from "./SourcesPage.module.css";

// Where leads come from, and whether they come.
export function SourcesPage() {
  const { t } = useTranslation();
  const pages = useQuery(pagesQuery);
  const loadingSlowly = useSlow(pages.isPending);
  useTitle(t("sources.title"));

  return (
    <>
      <PageBar title={t("sources.title")} end={<LiveDot />} />
      <div className={styles.content}>
        {loadingSlowly && (
          <ul className={styles.pages} aria-busy="true" aria-label={t("sources.loading")}>
            {[1, 2].map((card) => (
              <li key={card} className={styles.card}>
                <div className={styles.head}>
                  <span className={styles.initials} />
                  <div className={styles.bars}>
                    <Bar width={160} />
                    <Bar width={220} />
                  </div>
                </div>
              </li>
            ))}
          </ul>
        )}
        {pages.isError && pages.data === undefined && (
          <Trouble
            title={t("sources.trouble")}
            problem={pages.error}
            retry={() => pages.refetch()}
          />
        )}
        {pages.data?.length === 0 && (
          <Empty
            ring={<ClockRing size={56} state="waiting" />}
            title={t("sources.emptyTitle")}
            text={t("sources.emptyText")}
          >
            <code className={styles.command}>leadcrm admin import-page</code>
          </Empty>
        )}
        {pages.data !== undefined && pages.data.length > 0 && (
          <section aria-labelledby="pages-heading">
            <h2 id="pages-heading" className={styles.heading}>
              {t("sources.pages")}
            </h2>
            <ul className={styles.pages}>
              {pages.data.map((page) => (
                <MetaPageCard key={page.page_id} page={page} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
