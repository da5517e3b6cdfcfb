import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Trouble } from "../ui/Trouble";
import { tookTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { useTitle } from "../ui/useTitle";
import { GraphErrorTable } from "./GraphErrorTable";
import { type Health, healthQuery } from "./platform";
import styles from "./platform.module.css";
import { QueueTable } from "./QueueTable";
import { ServerFacts } from "./ServerFacts";

// How the service does: work that waits, how long leads take, how Meta answers, what fails.
export function HealthPage() {
  const { t } = useTranslation();
  useTitle(t("platform.health"));
  const health = useQuery(healthQuery);
  return (
    <>
      <h1 className={styles.title}>{t("platform.health")}</h1>
      {health.isPending && <Bar width={320} />}
      {health.isError && health.data === undefined && (
        <Trouble
          title={t("platform.healthPage.trouble")}
          problem={health.error}
          retry={() => health.refetch()}
        />
      )}
      {health.data !== undefined && (
        <div className={styles.boxes}>
          <Box title={t("platform.server.title")}>
            <ServerFacts server={health.data.server} />
          </Box>
          <Box title={t("platform.healthPage.failing")}>
            <Failing pages={health.data.failing_pages} />
          </Box>
          <Box title={t("platform.healthPage.calls")}>
            <Calls calls={health.data.graph_calls} />
          </Box>
          <div className={styles.whole}>
            <Box title={t("platform.errors.title")}>
              <GraphErrorTable />
            </Box>
          </div>
          <Box title={t("platform.healthPage.queue")}>
            {health.data.queue.length === 0 ? (
              <p className={styles.quiet}>{t("platform.healthPage.noQueue")}</p>
            ) : (
              <QueueTable lines={health.data.queue} />
            )}
          </Box>
          <Box title={t("platform.healthPage.lags")}>
            <Lags lags={health.data.lags} />
          </Box>
        </div>
      )}
    </>
  );
}

function Failing({ pages }: { pages: Health["failing_pages"] }) {
  const { t } = useTranslation();
  if (pages.length === 0) return <p className={styles.quiet}>{t("platform.one.noFailing")}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("platform.healthPage.page")}</th>
          <th scope="col">{t("platform.healthPage.why")}</th>
          <th scope="col">{t("platform.healthPage.since")}</th>
        </tr>
      </thead>
      <tbody>
        {pages.map((page) => (
          <tr key={`${page.organization_id} ${page.page_id} ${page.code}`}>
            <td>
              {page.page}
              <br />
              <Link to="/platform/organizations/$id" params={{ id: page.organization_id }}>
                {page.organization}
              </Link>
            </td>
            <td>{page.message}</td>
            <td>
              <Ago time={page.since} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Calls({ calls }: { calls: Health["graph_calls"] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const all = calls.reduce((sum, each) => sum + each.calls, 0);
  if (all === 0) return <p className={styles.quiet}>{t("platform.healthPage.noCalls")}</p>;
  const share = new Intl.NumberFormat(locale.tag, { style: "percent", maximumFractionDigits: 1 });
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("platform.healthPage.result")}</th>
          <th scope="col" className={styles.number}>
            {t("platform.healthPage.count")}
          </th>
          <th scope="col" className={styles.number}>
            {t("platform.healthPage.share")}
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((each) => (
          <tr key={each.result}>
            <td>{each.result}</td>
            <td className={styles.number}>{each.calls}</td>
            <td className={styles.number}>{share.format(each.calls / all)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lags({ lags }: { lags: Health["lags"] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const shown = lags.filter(({ leads, open }) => leads + open > 0);
  if (shown.length === 0) return <p className={styles.quiet}>{t("platform.healthPage.noLags")}</p>;
  const say = (seconds: number | null) => (seconds === null ? "–" : tookTime(seconds, locale));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("platform.healthPage.organization")}</th>
          <th scope="col" className={styles.number}>
            {t("platform.healthPage.leads")}
          </th>
          <th scope="col" className={styles.number}>
            {t("platform.healthPage.open")}
          </th>
          <th scope="col" className={styles.number}>
            {t("platform.healthPage.p50")}
          </th>
          <th scope="col" className={styles.number}>
            {t("platform.healthPage.p99")}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((lag) => (
          <tr key={lag.organization_id}>
            <td>
              <Link to="/platform/organizations/$id" params={{ id: lag.organization_id }}>
                {lag.organization}
              </Link>
            </td>
            <td className={styles.number}>{lag.leads}</td>
            <td className={styles.number}>{lag.open}</td>
            <td className={styles.number}>{say(lag.p50_seconds)}</td>
            <td className={styles.number}>{say(lag.p99_seconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
