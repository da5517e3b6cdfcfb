import { Button } from "@mantine/core";
import { IconRestore, IconTrash } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../accounts/useMe";
import { PersonRights } from "../privacy/PersonRights";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Empty } from "../ui/Empty";
import { Trouble } from "../ui/Trouble";
import { dayOf } from "../ui/time";
import { useLocale } from "../ui/useLocale";
import { displayPhone } from "./contactLinks";
import styles from "./DeletedLeads.module.css";
import { type DeletedLead, deletedQuery, useRestore } from "./deleting";

// What was deleted and can still be restored, the last first.
export function DeletedLeads() {
  const { t } = useTranslation();
  const list = useInfiniteQuery(deletedQuery);
  const leads = list.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Box title={t("deleted.title")}>
      <p className={styles.quiet}>{t("deleted.about")}</p>
      {list.isPending && <Bar width={240} />}
      {list.isError && list.data === undefined && (
        <Trouble title={t("deleted.trouble")} problem={list.error} retry={() => list.refetch()} />
      )}
      {list.isSuccess && leads.length === 0 && (
        <Empty
          ring={<IconTrash size={32} stroke={1.4} aria-hidden="true" />}
          title={t("deleted.emptyTitle")}
          text={t("deleted.emptyText")}
        />
      )}
      {leads.length > 0 && (
        <ul className={styles.list}>
          {leads.map((lead) => (
            <DeletedRow key={lead.id} lead={lead} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t("deleted.more")}
        </Button>
      )}
    </Box>
  );
}

function DeletedRow({ lead }: { lead: DeletedLead }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const me = useMe();
  const restore = useRestore();
  const name = lead.name || t("lead.nameless", { number: lead.number });
  const about = [lead.source.form_name, displayPhone(lead), lead.email].filter(Boolean).join(" · ");
  return (
    <li className={styles.row}>
      <div className={styles.words} dir="auto">
        <span className={styles.name}>{name}</span>
        {about !== "" && <span className={styles.quiet}>{about}</span>}
        <span className={styles.quiet}>
          {lead.deleted_by === null
            ? t("deleted.byProgram")
            : t("deleted.by", { who: lead.deleted_by.name })}{" "}
          <Ago time={lead.deleted_at} />
          {" · "}
          {t("deleted.until", { day: dayOf(lead.erased_at, locale) })}
        </span>
      </div>
      <Button
        size="sm"
        aria-label={t("deleted.restoreOne", { name })}
        leftSection={<IconRestore size={16} stroke={1.6} aria-hidden="true" />}
        loading={restore.isPending}
        onClick={() => restore.mutate([lead])}
      >
        {t("deleted.restore")}
      </Button>
      {me.rights.includes("manage_organization") && <PersonRights id={lead.id} name={name} />}
    </li>
  );
}
