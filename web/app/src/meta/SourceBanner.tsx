import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { said } from "../api/said";
import { sinceTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { problemsQuery } from "./meta";
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
  const problems = useQuery(problemsQuery).data ?? [];
  const problem = problems[0];
  if (problem === undefined) return null;
  const stopped = new Set(problems.map(({ page_id }) => page_id)).size;
  return (
    <div className={styles.banner} role="alert">
      <IconAlertTriangle size={18} stroke={1.6} aria-hidden="true" />
      <p className={styles.text}>
        <b>
          {stopped === 1
            ? t("banner.one", { page: problem.page_name })
            : t("banner.many", { count: stopped })}
        </b>{" "}
        <span className={styles.more}>
          {said(problem.message)}{" "}
          {t("sources.since", { time: sinceTime(problem.since, Date.now(), locale) })}
        </span>
      </p>
      <Link to="/sources" search={{ page: problem.page_id }} className={styles.go}>
        {t("banner.go")}
      </Link>
    </div>
  );
}
