import { IconAlertTriangle, IconBan, IconCheck, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { said } from "../api/said";
import { Bar } from "../ui/Bar";
import { Box } from "../ui/Box";
import { Trouble } from "../ui/Trouble";
import { useLocale } from "../ui/useLocale";
import { useSlow } from "../ui/useSlow";
import styles from "./LeadLedger.module.css";
import { daysUpTo, ledgerDays, ledgerQuery, proofAddress, rowsOf, sumOf } from "./ledger";
import type { Ledger, LedgerLine, MetaPage } from "./metaShapes";

// The proof that nothing is missing: what Meta has against what is here, a form a row, a day a column.
export function LeadLedger({ page }: { page: MetaPage }) {
  const { t } = useTranslation();
  const ledger = useQuery(ledgerQuery(page.page_id));
  const loadingSlowly = useSlow(ledger.isPending);
  return (
    <Box title={t("ledger.title")} hint={t("ledger.hint", { page: page.name, count: ledgerDays })}>
      {loadingSlowly && (
        <div className={styles.bars} role="status" aria-label={t("ledger.loading")}>
          <Bar width={180} />
          <Bar width="100%" />
          <Bar width="100%" />
        </div>
      )}
      {ledger.isError && ledger.data === undefined && (
        <Trouble
          title={t("ledger.trouble")}
          problem={ledger.error}
          retry={() => ledger.refetch()}
        />
      )}
      {ledger.data?.data.length === 0 && <p className={styles.quiet}>{t("ledger.empty")}</p>}
      {ledger.data && ledger.data.data.length > 0 && (
        <Proof ledger={ledger.data} pageId={page.page_id} />
      )}
    </Box>
  );
}

function Proof({ ledger, pageId }: { ledger: Ledger; pageId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const days = daysUpTo(Date.now());
  const { meta, ours, missing, repaired, impossible, erased } = sumOf(ledger.data);
  const number = (value: number) => new Intl.NumberFormat(locale.tag).format(value);
  const sums = { meta: number(meta), ours: number(ours + erased) };
  return (
    <>
      <p className={styles.sum}>
        {t(meta === ours + erased ? "ledger.equal" : "ledger.unequal", sums)}
      </p>
      <p className={styles.story}>
        {missing > 0 && `${t("ledger.missing", { count: missing })} `}
        {repaired > 0 && `${t("ledger.repaired", { count: repaired })} `}
        {impossible > 0 && `${t("ledger.impossible", { count: impossible })} `}
        {erased > 0 && `${t("ledger.erased", { count: erased })} `}
        {missing + repaired + impossible === 0 && t("ledger.allHere")}
      </p>
      <LedgerTable lines={ledger.data} days={days} />
      <div className={styles.foot}>
        <Legend lines={ledger.data} />
        <a href={proofAddress(pageId)} download>
          {t("ledger.proof")}
        </a>
      </div>
    </>
  );
}

function LedgerTable({ lines, days }: { lines: LedgerLine[]; days: string[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const weekday = new Intl.DateTimeFormat(locale.tag, { weekday: "short", timeZone: "UTC" });
  const date = new Intl.DateTimeFormat(locale.tag, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">{t("column.form")}</span>
          </th>
          {days.map((day) => (
            <th key={day} scope="col" title={date.format(new Date(day))}>
              {weekday.format(new Date(day))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(lines, days).map(({ formId, name, days: of }) => (
          <tr key={formId}>
            <th scope="row" title={name}>
              {name}
            </th>
            {of.map((line, at) => (
              <td key={days[at]}>{line ? <Tick line={line} /> : <NoLead />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const icons = {
  equal: IconCheck,
  repaired: IconRefresh,
  missing: IconAlertTriangle,
  impossible: IconBan,
};

function Tick({ line }: { line: LedgerLine }) {
  const { t } = useTranslation();
  const Icon = icons[line.state];
  const words = [
    t(`ledger.cell.${line.state}`, line),
    line.erased > 0 && t("ledger.cell.erased", line),
    line.reason && said(line.reason),
  ]
    .filter(Boolean)
    .join(". ");
  return (
    <span className={styles.tick} data-state={line.state} title={words}>
      <Icon size={14} stroke={1.6} aria-hidden="true" />
      <span className="vh">{words}</span>
    </span>
  );
}

function NoLead() {
  const { t } = useTranslation();
  return (
    <span className={styles.tick}>
      <span aria-hidden="true">·</span>
      <span className="vh">{t("ledger.cell.none")}</span>
    </span>
  );
}

function Legend({ lines }: { lines: LedgerLine[] }) {
  const { t } = useTranslation();
  const states = (["equal", "repaired", "missing", "impossible"] as const).filter((state) =>
    lines.some((line) => line.state === state),
  );
  return (
    <span className={styles.legend} aria-hidden="true">
      {states.map((state) => {
        const Icon = icons[state];
        return (
          <span key={state} className={styles.tick} data-state={state}>
            <Icon size={14} stroke={1.6} />
            {t(`ledger.state.${state}`)}
          </span>
        );
      })}
    </span>
  );
}
