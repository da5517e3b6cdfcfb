import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconDownload, IconListSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { membersQuery } from "../people/people";
import { Bar } from "../ui/Bar";
import { Empty } from "../ui/Empty";
import { FilterChip } from "../ui/FilterChip";
import { usePhone } from "../ui/screenWidth";
import { Trouble } from "../ui/Trouble";
import { AuditRow } from "./AuditRow";
import styles from "./AuditSection.module.css";
import { useActionName, useActions } from "./actions";
import { type Entry, entriesQuery, fileAddress } from "./audit";
import type { AuditSearch } from "./auditSearch";
import { KeepFor } from "./KeepFor";

const route = getRouteApi("/signed-in/settings/audit");

// Who did what, the newest first. What stands in a line narrows the list to lines like it.
export function AuditSection() {
  const { t } = useTranslation();
  const phone = usePhone(); // the bar above has the same name there
  const nameOf = useActionName();
  const actions = useActions();
  const people = useQuery(membersQuery).data ?? [];
  const search = route.useSearch();
  const navigate = useNavigate();
  const narrow = (change: AuditSearch) =>
    navigate({ to: "/settings/audit", search: { ...search, ...change } });
  const list = useInfiniteQuery(entriesQuery(search));
  const entries = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const isNarrowed = Object.values(search).some((value) => value !== undefined);
  return (
    <section className={styles.audit} aria-labelledby="audit-log">
      <header className={styles.head}>
        <h2 id="audit-log" className={phone ? "vh" : undefined}>
          {t("audit.title")}
        </h2>
        <Button
          component="a"
          href={fileAddress(search)}
          download
          size="sm"
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden="true" />}
        >
          {t("audit.file")}
        </Button>
      </header>
      <p className={styles.quiet}>{t("audit.text")}</p>
      <div className={styles.filters}>
        <Day label={t("audit.from")} value={search.from} choose={(from) => narrow({ from })} />
        <Day label={t("audit.until")} value={search.until} choose={(until) => narrow({ until })} />
        <Choice
          label={t("audit.by.person")}
          none={t("audit.everybody")}
          value={search.person}
          choices={people.map(({ id, name }) => ({ value: id, label: name }))}
          nameOf={(id) => shown("person", id, entries)}
          choose={(person) => narrow({ person })}
        />
        <Choice
          label={t("audit.by.action")}
          none={t("audit.everything")}
          value={search.action}
          choices={actions.map(({ action, name }) => ({ value: action, label: name }))}
          nameOf={nameOf}
          choose={(action) => narrow({ action })}
        />
        {(["key", "object"] as const).map((name) => {
          const value = search[name];
          if (value === undefined) return null;
          return (
            <FilterChip
              key={name}
              name={t(`audit.by.${name}`)}
              value={shown(name, value, entries)}
              remove={() => narrow({ [name]: undefined })}
            />
          );
        })}
      </div>
      {list.isPending && <Bar width={320} />}
      {list.isError && list.data === undefined && (
        <Trouble title={t("audit.trouble")} problem={list.error} retry={() => list.refetch()} />
      )}
      {list.isSuccess && entries.length === 0 && (
        <Empty
          ring={<IconListSearch size={32} stroke={1.4} aria-hidden="true" />}
          title={t(isNarrowed ? "audit.nothing" : "audit.emptyTitle")}
          text={t(isNarrowed ? "audit.nothingText" : "audit.emptyText")}
        />
      )}
      {entries.length > 0 && (
        <ul className={styles.list}>
          {entries.map((entry) => (
            <AuditRow key={entry.id} entry={entry} narrow={narrow} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          className={styles.more}
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {t("audit.more")}
        </Button>
      )}
      <KeepFor />
    </section>
  );
}

type ChoiceProps = {
  label: string;
  none: string;
  value: string | undefined;
  choices: { value: string; label: string }[];
  nameOf: (value: string) => string; // of one that is chosen and not offered
  choose: (value: string | undefined) => void;
};

function Choice({ label, none, value, choices, nameOf, choose }: ChoiceProps) {
  const isOffered = value === undefined || choices.some((each) => each.value === value);
  return (
    <NativeSelect
      className={styles.choice}
      label={label}
      value={value ?? ""}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
      data={[
        { value: "", label: none },
        ...choices,
        ...(isOffered ? [] : [{ value, label: nameOf(value) }]),
      ]}
    />
  );
}

function Day(props: {
  label: string;
  value: string | undefined;
  choose: (day: string | undefined) => void;
}) {
  return (
    <TextInput
      type="date"
      label={props.label}
      value={props.value ?? ""}
      onChange={(event) => props.choose(event.currentTarget.value || undefined)}
    />
  );
}

// What people call it, where a line of the list says so.
function shown(name: "person" | "key" | "object", value: string, entries: Entry[]): string {
  if (name === "object")
    return entries.find(({ object }) => object === value)?.object_name ?? value;
  return entries.find(({ who }) => who?.id === value)?.who?.name || value;
}
