import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Bar } from "../ui/Bar";
import { dayAt } from "../ui/days";
import { Trouble } from "../ui/Trouble";
import { type Locale, useLocale } from "../ui/useLocale";
import styles from "./GraphErrorTable.module.css";
import { type GraphErrors, graphErrorsQuery } from "./platform";
import platform from "./platform.module.css";

const hour = 3_600_000;

// Whose calls to Meta fail, and since when: an hour a column, the newest first.
export function GraphErrorTable() {
  const { t } = useTranslation();
  const errors = useQuery(graphErrorsQuery);
  if (errors.isPending) return <Bar width={320} />;
  if (errors.data === undefined)
    return (
      <Trouble
        title={t("platform.errors.trouble")}
        problem={errors.error}
        retry={() => errors.refetch()}
      />
    );
  if (errors.data.organizations.length === 0)
    return <p className={platform.quiet}>{t("platform.errors.none")}</p>;
  return <Heat errors={errors.data} />;
}

function Heat({ errors }: { errors: GraphErrors }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const hours = useMemo(() => hoursOf(errors), [errors]);
  const clock = new Intl.DateTimeFormat(locale.tag, { timeZone: locale.timeZone, hour: "numeric" });
  const figure = new Intl.NumberFormat(locale.tag);
  return (
    <>
      <p className={styles.about}>{t("platform.errors.about")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className={styles.scroller} aria-label={t("platform.errors.title")} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" rowSpan={2} className={styles.who}>
                {t("platform.errors.organization")}
              </th>
              <th scope="col" rowSpan={2} className={styles.sum}>
                {t("platform.errors.all")}
              </th>
              {daysOf(hours, locale).map((day) => (
                <th key={day.name} scope="colgroup" colSpan={day.hours} className={styles.day}>
                  <span>{day.name}</span>
                </th>
              ))}
            </tr>
            <tr>
              {hours.map((at) => (
                <th key={at} scope="col" className={styles.hour}>
                  {clock.format(at)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {errors.organizations.map((line) => (
              <tr key={line.organization_id}>
                <th scope="row" className={styles.who}>
                  <Link to="/platform/organizations/$id" params={{ id: line.organization_id }}>
                    {line.organization}
                  </Link>
                </th>
                <td className={styles.sum}>
                  {t("platform.errors.of", {
                    errors: figure.format(line.errors),
                    calls: figure.format(line.calls),
                  })}
                </td>
                <Cells line={line} hours={hours} figure={figure} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Cells({
  line,
  hours,
  figure,
}: {
  line: GraphErrors["organizations"][number];
  hours: number[];
  figure: Intl.NumberFormat;
}) {
  const { t } = useTranslation();
  const counted = new Map(line.hours.map((each) => [Date.parse(each.hour), each]));
  return hours.map((at) => {
    const found = counted.get(at);
    if (found === undefined) return <td key={at} />;
    const { errors, calls } = found;
    if (errors === 0)
      return (
        <td key={at} className={styles.none}>
          0
        </td>
      );
    return (
      <td
        key={at}
        data-heat={heatOf(errors / calls)}
        title={t("platform.errors.of", {
          errors: figure.format(errors),
          calls: figure.format(calls),
        })}
      >
        {figure.format(errors)}
      </td>
    );
  });
}

// Beside the number, not instead of it.
const heatOf = (share: number) => (share < 0.05 ? "low" : share < 0.25 ? "middle" : "high");

function hoursOf({ first_hour, last_hour }: GraphErrors): number[] {
  const first = Date.parse(first_hour);
  const last = Date.parse(last_hour);
  return Array.from({ length: (last - first) / hour + 1 }, (_, back) => last - back * hour);
}

// How many of the hours each day has, by the reader's clock.
function daysOf(hours: number[], locale: Locale) {
  const name = new Intl.DateTimeFormat(locale.tag, {
    timeZone: locale.timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  const days: { name: string; day: string; hours: number }[] = [];
  for (const at of hours) {
    const day = dayAt(at, locale.timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.hours += 1;
    else days.push({ name: name.format(at), day, hours: 1 });
  }
  return days;
}
