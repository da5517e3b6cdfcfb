import { Button, TextInput } from "@mantine/core";
import { IconBuilding, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Empty } from "../ui/Empty";
import { Tag } from "../ui/Tag";
import { Trouble } from "../ui/Trouble";
import { tookTime } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { useTitle } from "../ui/useTitle";
import { type OrganizationLine, organizationsQuery } from "./platform";
import styles from "./platform.module.css";

const route = getRouteApi("/platform/");

// Everybody the service is run for.
export function OrganizationsPage() {
  const { t } = useTranslation();
  useTitle(t("platform.organizations"));
  const { q } = route.useSearch();
  const list = useInfiniteQuery(organizationsQuery(q));
  const lines = list.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t("platform.organizations")}</h1>
        <Search q={q ?? ""} />
      </header>
      {list.isPending && <Bar width={320} />}
      {list.isError && list.data === undefined && (
        <Trouble
          title={t("platform.list.trouble")}
          problem={list.error}
          retry={() => list.refetch()}
        />
      )}
      {list.isSuccess && lines.length === 0 && (
        <Empty
          ring={<IconBuilding size={32} stroke={1.4} aria-hidden="true" />}
          title={t(q === undefined ? "platform.list.emptyTitle" : "platform.list.nothing")}
          text={t(q === undefined ? "platform.list.emptyText" : "platform.list.nothingText")}
        />
      )}
      {lines.length > 0 && <Table lines={lines} />}
      {list.hasNextPage && (
        <div>
          <Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {t("platform.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function Search({ q }: { q: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState(q);
  useEffect(() => {
    const next = text.trim();
    if (next === q) return;
    const timer = setTimeout(
      () => navigate({ to: "/platform", search: next === "" ? {} : { q: next }, replace: true }),
      200,
    );
    return () => clearTimeout(timer);
  }, [text, q, navigate]);
  return (
    <search className={styles.search}>
      <TextInput
        type="search"
        aria-label={t("platform.list.search")}
        placeholder={t("platform.list.search")}
        value={text}
        maxLength={120}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden="true" />}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </search>
  );
}

function Table({ lines }: { lines: OrganizationLine[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const figure = (value: number) => new Intl.NumberFormat(locale.tag).format(value);
  const share = new Intl.NumberFormat(locale.tag, { style: "percent", maximumFractionDigits: 1 });
  return (
    <table className={`${styles.table} ${styles.cards}`}>
      <thead>
        <tr>
          <th scope="col">{t("platform.list.name")}</th>
          <th scope="col">{t("platform.list.plan")}</th>
          <th scope="col" className={styles.number}>
            {t("platform.list.seats")}
          </th>
          <th scope="col" className={styles.number}>
            {t("platform.list.leads")}
          </th>
          <th scope="col" className={styles.number}>
            {t("platform.list.lag")}
          </th>
          <th scope="col" className={styles.number}>
            {t("platform.list.failing")}
          </th>
          <th scope="col" className={styles.number}>
            {t("platform.list.errors")}
          </th>
          <th scope="col">{t("platform.list.last")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>
              <Link to="/platform/organizations/$id" params={{ id: line.id }}>
                {line.name}
              </Link>{" "}
              {line.state === "suspended" && <Tag tone="over">{t("platform.list.suspended")}</Tag>}
            </td>
            <td data-name={t("platform.list.plan")}>
              <span>
                {line.plan ?? t("platform.list.noPlan")}{" "}
                {line.asks_for !== null && (
                  <Tag tone="accent">{t("platform.list.asks", { plan: line.asks_for })}</Tag>
                )}
              </span>
            </td>
            <td className={styles.number} data-name={t("platform.list.seats")}>
              {line.seats === null
                ? figure(line.members)
                : t("platform.list.ofSeats", { used: line.members, seats: line.seats })}
            </td>
            <td className={styles.number} data-name={t("platform.list.leads")}>
              {figure(line.leads_30_days)}
            </td>
            <td className={styles.number} data-name={t("platform.list.lag")}>
              {line.lag_p99_seconds === null ? "–" : tookTime(line.lag_p99_seconds, locale)}
            </td>
            <td className={styles.number} data-name={t("platform.list.failing")}>
              {line.failing_pages === 0 ? "0" : <Tag tone="over">{line.failing_pages}</Tag>}
            </td>
            <td className={styles.number} data-name={t("platform.list.errors")}>
              {line.graph_error_share === null ? "–" : share.format(line.graph_error_share)}
            </td>
            <td data-name={t("platform.list.last")}>
              {line.last_lead_at === null ? (
                t("platform.list.never")
              ) : (
                <Ago time={line.last_lead_at} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
