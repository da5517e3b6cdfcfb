import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Empty } from "../ui/Empty";
import { useToasts } from "../ui/Toasts";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { useTitle } from "../ui/useTitle";
import { type DeadLetter, deadLettersQuery, retryDeadLetter } from "./platform";
import styles from "./platform.module.css";

// Work that failed for good, until somebody lets it begin anew.
export function DeadLettersPage() {
  const { t } = useTranslation();
  useTitle(t("platform.deadLetters"));
  const list = useInfiniteQuery(deadLettersQuery);
  const letters = list.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <>
      <h1 className={styles.title}>{t("platform.deadLetters")}</h1>
      <p className={styles.quiet}>{t("platform.deadPage.about")}</p>
      {list.isPending && <Bar width={320} />}
      {list.isError && list.data === undefined && (
        <Trouble
          title={t("platform.deadPage.trouble")}
          problem={list.error}
          retry={() => list.refetch()}
        />
      )}
      {list.isSuccess && letters.length === 0 && (
        <Empty
          ring={<IconCircleCheck size={32} stroke={1.4} aria-hidden="true" />}
          title={t("platform.deadPage.emptyTitle")}
          text={t("platform.deadPage.emptyText")}
        />
      )}
      {letters.length > 0 && (
        <ul className={styles.list}>
          {letters.map((letter) => (
            <Letter key={letter.id} letter={letter} />
          ))}
        </ul>
      )}
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

function Letter({ letter }: { letter: DeadLetter }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const retry = useMutation({
    mutationFn: retryDeadLetter,
    onSuccess: () => {
      toasts.show({ text: t("platform.deadPage.begun") });
      return cache.invalidateQueries({ queryKey: deadLettersQuery.queryKey });
    },
  });
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <span className={styles.strong}>{letter.kind}</span>
        <span className={styles.quiet}>
          {letter.organization_id !== null && (
            <>
              <Link to="/platform/organizations/$id" params={{ id: letter.organization_id }}>
                {letter.organization_id}
              </Link>
              {" · "}
            </>
          )}
          {t("platform.deadPage.failures", { count: letter.failures })} ·{" "}
          <Ago time={letter.died_at} />
        </span>
        <span className={styles.quiet}>{letter.trouble}</span>
        {retry.isError && (
          <span role="alert" className={styles.refusal}>
            {reasonOf(retry.error)}
          </span>
        )}
      </div>
      <Button
        size="sm"
        aria-label={t("platform.deadPage.retryOf", { kind: letter.kind })}
        loading={retry.isPending}
        onClick={() => retry.mutate(letter.id)}
      >
        {t("platform.deadPage.retry")}
      </Button>
    </li>
  );
}
