import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Tag } from "../ui/Tag";
import { metaFormsQuery } from "./meta";
import styles from "./SourcesTabs.module.css";
import { type SourcesTab, tabs } from "./sourcesSearch";

// The parts of the screen. They are addresses, so they are links.
export function SourcesTabs({ here }: { here: SourcesTab }) {
  const { t } = useTranslation();
  const forms = useQuery(metaFormsQuery).data;
  const fresh = forms?.reduce((sum, form) => sum + form.new_questions, 0) ?? 0;
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
          {tab === "forms" && forms !== undefined && (
            <span className={styles.count}>{forms.length}</span>
          )}
          {tab === "forms" && fresh > 0 && (
            <Tag tone="accent">{t("forms.newQuestions", { count: fresh })}</Tag>
          )}
        </Link>
      ))}
    </nav>
  );
}
