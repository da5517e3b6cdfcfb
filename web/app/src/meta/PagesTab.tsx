import { useTranslation } from "react-i18next";
import { FacebookLogin } from "./FacebookLogin";
import type { MetaPage } from "./metaShapes";
import { PageDetails } from "./PageDetails";
import styles from "./PagesTab.module.css";

// Who is connected, and every page in full: how its leads arrive and what stands in their way.
export function PagesTab({ pages, mayChange }: { pages: MetaPage[]; mayChange: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={styles.tab}>
      {mayChange && <FacebookLogin />}
      <ul className={styles.pages} aria-label={t("sources.pages")}>
        {pages.map((page) => (
          <PageDetails key={page.page_id} page={page} mayChange={mayChange} />
        ))}
      </ul>
    </div>
  );
}
