import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { sinceTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { pagesQuery, stopsLeads } from "./meta";
import styles from "./SourceBanner.module.css";

// Above every screen of whoever can mend it: leads of a page do not come in. On the screen where it
// is mended it stands already.
export function SourceBanner() {
  const me = useMe();
  const { pathname } = useLocation();
  if (!me.rights.includes("write_sources") || pathname === "/sources") return null;
  return <Banner />;
}

function Banner() {
  const { t } = useTranslation();
  const locale = useLocale();
  const stopped = useQuery(pagesQuery).data?.filter(stopsLeads) ?? [];
  const page = stopped[0];
  const problem = page?.problems[0];
  if (page === undefined || problem === undefined) return null;
  return (
    <div className={styles.banner} role="alert">
      <IconAlertTriangle size={18} stroke={1.6} aria-hidden="true" />
      <p className={styles.text}>
        <b>
          {stopped.length === 1
            ? t("banner.one", { page: page.name })
            : t("banner.many", { count: stopped.length })}
        </b>{" "}
        <span className={styles.more}>
          {problem.message}{" "}
          {t("sources.since", { time: sinceTime(problem.since, Date.now(), locale) })}
        </span>
      </p>
      <Link to="/sources" search={{ page: page.page_id }} className={styles.go}>
        {t("banner.go")}
      </Link>
    </div>
  );
}
