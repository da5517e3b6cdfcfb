import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../ui/Ago";
import { Bar } from "../ui/Bar";
import { Notice } from "../ui/Notice";
import { Trouble, useReasonOf } from "../ui/Trouble";
import { useLocale } from "../ui/useLocale";
import { useSlow } from "../ui/useSlow";
import { CheckRow } from "./CheckRow";
import styles from "./DoctorTab.module.css";
import { byUrgency, countOf, doctorQuery, runDoctor } from "./doctor";
import type { Check, Doctor, MetaPage } from "./metaShapes";
import { TestLead } from "./TestLead";

// What stands between a form and this screen, checked one after the other, each with its way out.
export function DoctorTab({ page, mayChange }: { page: MetaPage; mayChange: boolean }) {
  const { t } = useTranslation();
  const doctor = useQuery(doctorQuery(page.page_id));
  const loadingSlowly = useSlow(doctor.isPending);
  return (
    <section className={styles.doctor} aria-label={t("sources.tab.doctor")}>
      {loadingSlowly && (
        <ol className={styles.checks} aria-busy="true" aria-label={t("doctor.loading")}>
          {Array.from({ length: 10 }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: grey rows are all alike
            <li key={row} className={styles.check}>
              <Bar width={14} />
              <Bar width={240} />
            </li>
          ))}
        </ol>
      )}
      {doctor.isError && doctor.data === undefined && (
        <Trouble
          title={t("doctor.trouble")}
          problem={doctor.error}
          retry={() => doctor.refetch()}
        />
      )}
      {doctor.data && <Findings doctor={doctor.data} page={page} mayChange={mayChange} />}
    </section>
  );
}

type Props = { doctor: Doctor; page: MetaPage; mayChange: boolean };

function Findings({ doctor, page, mayChange }: Props) {
  const { t } = useTranslation();
  const reasonOf = useReasonOf();
  const cache = useQueryClient();
  const [isTesting, setIsTesting] = useState(false);
  const run = useMutation({ mutationFn: () => runDoctor(cache, page.page_id) });
  const verdict = useVerdict(doctor.checks);
  return (
    <>
      <div className={styles.head}>
        <div className={styles.verdict}>
          <h2 className={styles.title} aria-live="polite">
            {doctor.checks.length === 0 ? t("doctor.notYet") : verdict}
          </h2>
          <p className={styles.quiet}>
            {page.name}
            {doctor.checked_at !== null && (
              <>
                , {t("doctor.checked")} <Ago time={doctor.checked_at} />
              </>
            )}
          </p>
        </div>
        {mayChange && (
          <Button
            leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden="true" />}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            {t(doctor.checks.length === 0 ? "doctor.run" : "doctor.again")}
          </Button>
        )}
      </div>
      {run.isError && <Notice tone="over" title={reasonOf(run.error)} />}
      {doctor.checks.length > 0 && (
        <ol className={styles.checks}>
          {byUrgency(doctor.checks).map((check, place) => (
            <CheckRow
              key={check.code}
              check={check}
              isFirst={place === 0}
              page={page}
              mayChange={mayChange}
              test={() => setIsTesting(true)}
            />
          ))}
        </ol>
      )}
      {isTesting && (
        <div className={styles.test}>
          <TestLead page={page} startNow />
        </div>
      )}
    </>
  );
}

// "Eight checks pass, one needs you, one is worth a look"
function useVerdict(checks: Check[]): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const parts = (["ok", "fail", "warn", "unknown"] as const)
    .map((state) => ({ state, count: countOf(checks, state) }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) =>
      t(`doctor.verdict.${state}`, { count, text: t(`doctor.number.${few(count)}`, { count }) }),
    );
  const sentence = parts.join(t("doctor.verdict.between"));
  return sentence.charAt(0).toLocaleUpperCase(locale.tag) + sentence.slice(1);
}

const words = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;
const few = (count: number) => words[count - 1] ?? "more";
