import { IconChevronLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Tag } from "../ui/Tag";
import { Trouble } from "../ui/Trouble";
import { dayOf, tookTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { useTitle } from "../ui/useTitle";
import { FeaturesBox } from "./FeaturesBox";
import { type OrganizationView, organizationQuery } from "./platform";
import styles from "./platform.module.css";
import { SupportBox } from "./SupportBox";
import { SuspensionBox } from "./SuspensionBox";

const route = getRouteApi("/platform/organizations/$id");

// One organization, without its leads.
export function OrganizationPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const found = useQuery(organizationQuery(id));
  const name = found.data?.organization.name ?? "";
  useTitle(name || t("platform.organizations"));
  return (
    <>
      <div>
        <Link to="/platform" className={styles.back}>
          <IconChevronLeft size={16} aria-hidden="true" />
          {t("platform.one.back")}
        </Link>
      </div>
      {found.isPending && <Bar width={240} />}
      {found.isError && (
        <Trouble
          title={t("platform.one.trouble")}
          problem={found.error}
          retry={() => found.refetch()}
        />
      )}
      {found.isSuccess && (
        <>
          <header className={styles.head}>
            <h1 className={styles.title}>{name}</h1>
            {found.data.suspension !== null && (
              <Tag tone="over">{t("platform.list.suspended")}</Tag>
            )}
          </header>
          <div className={styles.boxes}>
            <Figures view={found.data} />
            <Failing view={found.data} />
            <SupportBox view={found.data} />
            <FeaturesBox id={id} />
            <SuspensionBox view={found.data} />
          </div>
        </>
      )}
    </>
  );
}

function Figures({ view: { organization, usage } }: { view: OrganizationView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const figure = (value: number) => new Intl.NumberFormat(locale.tag).format(value);
  const of = (used: number, most: number | null | undefined) =>
    most == null
      ? figure(used)
      : t("platform.list.ofSeats", { used: figure(used), seats: figure(most) });
  return (
    <Box title={t("platform.one.figures")}>
      <dl className={styles.facts}>
        <dt>{t("platform.one.id")}</dt>
        <dd>
          <code>{organization.id}</code>
        </dd>
        <dt>{t("platform.one.created")}</dt>
        <dd>{dayOf(organization.created_at, locale)}</dd>
        <dt>{t("platform.list.plan")}</dt>
        <dd>{usage.plan?.name ?? t("platform.list.noPlan")}</dd>
        <dt>{t("platform.list.seats")}</dt>
        <dd>{of(usage.seats, usage.plan?.seats)}</dd>
        <dt>{t("platform.one.month")}</dt>
        <dd>{of(usage.leads, usage.plan?.monthly_leads)}</dd>
        <dt>{t("platform.list.leads")}</dt>
        <dd>{figure(organization.leads_30_days)}</dd>
        <dt>{t("platform.list.lag")}</dt>
        <dd>
          {organization.lag_p99_seconds === null
            ? "–"
            : tookTime(organization.lag_p99_seconds, locale)}
        </dd>
        <dt>{t("platform.one.pages")}</dt>
        <dd>{figure(organization.pages)}</dd>
      </dl>
    </Box>
  );
}

function Failing({ view: { failing_pages } }: { view: OrganizationView }) {
  const { t } = useTranslation();
  return (
    <Box title={t("platform.one.failing")}>
      {failing_pages.length === 0 && <p className={styles.quiet}>{t("platform.one.noFailing")}</p>}
      <div className={styles.stack}>
        {failing_pages.map((page) => (
          <div key={`${page.page_id} ${page.code}`} className={styles.words}>
            <span className={styles.strong}>
              {page.page} <Tag tone="over">{page.code}</Tag>
            </span>
            <span className={styles.quiet}>
              {page.message} · <Ago time={page.since} />
            </span>
          </div>
        ))}
      </div>
    </Box>
  );
}
