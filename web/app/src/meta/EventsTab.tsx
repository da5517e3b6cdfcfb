import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import { ClockRing } from "../ui/ClockRing";
import { Empty } from "../ui/Empty";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { useSlow } from "../ui/useSlow";
import { DeliveryRow } from "./DeliveryRow";
import { deliveriesOf, deliveriesQuery, replay, replayMost } from "./deliveries";
import { deliveryResults } from "./deliveryResults";
import styles from "./EventsTab.module.css";
import type { Delivery, DeliveryResult } from "./metaShapes";
import { ReadAgain } from "./ReadAgain";

const route = getRouteApi("/signed-in/sources");

// Everything Meta's webhook has brought, newest first, and what became of it.
export function EventsTab({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation();
  const { result } = route.useSearch();
  const list = useInfiniteQuery(deliveriesQuery(result));
  const loadingSlowly = useSlow(list.isPending);
  const deliveries = deliveriesOf(list.data);
  return (
    <section className={styles.events} aria-label={t("sources.tab.events")}>
      <ResultFilter chosen={result} />
      {loadingSlowly && (
        <ul className={styles.list} aria-busy="true" aria-label={t("events.loading")}>
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <li key={row} className={styles.grey}>
              <Bar width={220} />
            </li>
          ))}
        </ul>
      )}
      {list.isError && deliveries.length === 0 && (
        <Trouble title={t("events.trouble")} problem={list.error} retry={() => list.refetch()} />
      )}
      {list.isSuccess && deliveries.length === 0 && !list.hasNextPage && (
        <Empty
          ring={<ClockRing size={56} state="waiting" />}
          title={t(result === undefined ? "events.emptyTitle" : "leads.filteredTitle")}
          text={t(result === undefined ? "events.emptyText" : "events.filteredText")}
        />
      )}
      {deliveries.length > 0 && <Deliveries deliveries={deliveries} mayChange={mayChange} />}
      {list.hasNextPage && deliveries.length === 0 && (
        <p className={styles.quiet}>{t("events.noneSoFar")}</p>
      )}
      {list.hasNextPage && (
        <Button
          className={styles.more}
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {t("events.more")}
        </Button>
      )}
      {list.isFetchNextPageError && (
        <p role="alert" className={styles.quiet}>
          {t("events.moreTrouble")}
        </p>
      )}
    </section>
  );
}

function ResultFilter({ chosen }: { chosen: DeliveryResult | undefined }) {
  const { t } = useTranslation();
  return (
    <nav className={styles.filter} aria-label={t("events.filter")}>
      {([undefined, ...deliveryResults] as const).map((state) => (
        <Link
          key={state ?? "all"}
          to="/sources"
          search={({ result: _, delivery: __, ...before }) => ({
            ...before,
            ...(state === undefined ? {} : { result: state }),
          })}
          className={styles.choice}
          activeOptions={{ exact: true }}
          data-chosen={state === chosen || undefined}
          aria-current={state === chosen ? "page" : undefined}
        >
          {t(`events.result.${state ?? "all"}`)}
        </Link>
      ))}
    </nav>
  );
}

function Deliveries({ deliveries, mayChange }: { deliveries: Delivery[]; mayChange: boolean }) {
  const { t } = useTranslation();
  const { delivery: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const [selected, setSelected] = useState<string[]>([]);
  const [isReading, setIsReading] = useState(false);
  const again = useReplay(() => setSelected([]));
  const here = selected.filter((id) => deliveries.some((delivery) => delivery.id === id));

  const leadIds = deliveries
    .filter(({ id }) => here.includes(id))
    .flatMap(({ leads }) => leads.flatMap(({ lead_id }) => lead_id ?? []));

  const open = (id: string) =>
    navigate({
      replace: true,
      search: ({ delivery: _, ...before }) =>
        id === opened ? before : { ...before, delivery: id },
    });

  return (
    <>
      <ul className={styles.list}>
        {deliveries.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            isOpen={delivery.id === opened}
            open={() => open(delivery.id)}
            isSelected={here.includes(delivery.id)}
            {...(mayChange
              ? {
                  select: (isOn: boolean) =>
                    setSelected(
                      isOn ? [...here, delivery.id] : here.filter((id) => id !== delivery.id),
                    ),
                  replay: () => again.mutate([delivery.id]),
                }
              : {})}
          />
        ))}
      </ul>
      {here.length > 0 && (
        <div className={styles.bulk} role="toolbar" aria-label={t("events.bulk")}>
          <span>{t("events.selected", { count: here.length })}</span>
          <Button
            size="sm"
            onClick={() => setSelected(deliveries.slice(0, replayMost).map(({ id }) => id))}
          >
            {t("events.selectAll", { count: Math.min(deliveries.length, replayMost) })}
          </Button>
          <Button
            size="sm"
            variant="filled"
            loading={again.isPending}
            onClick={() => again.mutate(here)}
          >
            {t("events.replay", { count: here.length })}
          </Button>
          {leadIds.length > 0 && (
            <Button size="sm" onClick={() => setIsReading(true)}>
              {t("events.readAgain", { count: leadIds.length })}
            </Button>
          )}
          <Button
            size="sm"
            variant="subtle"
            aria-label={t("events.clear")}
            onClick={() => setSelected([])}
          >
            <IconX size={16} stroke={1.6} aria-hidden="true" />
          </Button>
        </div>
      )}
      {isReading && <ReadAgain leadIds={[...new Set(leadIds)]} close={() => setIsReading(false)} />}
    </>
  );
}

function useReplay(onDone: () => void) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  return useMutation({
    mutationFn: replay,
    onSuccess: ({ ordered }) => {
      toasts.show({ text: t("events.replayed", { count: ordered }) });
      onDone();
    },
    onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
    onSettled: () => cache.invalidateQueries({ queryKey: ["meta", "deliveries"] }),
  });
}
