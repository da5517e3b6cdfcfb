import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { metaFormsQuery } from "./meta";
import styles from "./SourcesTabs.module.css";
import { type SourcesTab, tabs } from "./sourcesSearch";

// The parts of the screen. They are addresses, so they are links.
export function SourcesTabs({ here }: { here: SourcesTab }) {
  const { t } = useTranslation();
  const forms = useQuery(metaFormsQuery).data?.length;
  return (
    <nav className={styles.tabs} aria-label={t("sources.tabs")}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          to="/sources"
          search={({ page }) => ({
            ...(page === undefined ? {} : { page }),
            ...(tab === "pages" ? {} : { tab }),
          })}
          className={styles.tab}
          data-here={tab === here || undefined}
          activeOptions={{ exact: true }}
          aria-current={tab === here ? "page" : undefined}
        >
          {t(`sources.tab.${tab}`)}
          {tab === "forms" && forms !== undefined && <span className={styles.count}>{forms}</span>}
        </Link>
      ))}
    </nav>
  );
}
