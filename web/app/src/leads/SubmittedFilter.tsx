import { useTranslation } from "react-i18next";
import styles from "../ui/CheckList.module.css";
import { useLocale } from "../ui/useLocale";
import { periods } from "./leadFilter";

type Props = { value: string | undefined; change: (value: string | undefined) => void };

// When the form was sent: a period that moves along with the day, or fixed days.
export function SubmittedFilter({ value, change }: Props) {
  const { t } = useTranslation();
  const [first = "", last = ""] = value?.includes("..") ? value.split("..") : [];
  const setDays = (from: string, to: string) =>
    change(from === "" && to === "" ? undefined : `${from}..${to}`);
  return (
    <div>
      <fieldset className={styles.list}>
        <legend className="vh">{t("filter.submitted")}</legend>
        {periods.map((period) => (
          <label key={period} className={styles.choice}>
            <input
              type="radio"
              name="submitted"
              checked={value === period}
              onChange={() => change(period)}
            />
            <span className={styles.text}>{t(`period.${period}`)}</span>
          </label>
        ))}
      </fieldset>
      <div className={styles.dates}>
        <label>
          {t("period.from")}
          <input
            type="date"
            value={first}
            max={last || undefined}
            onChange={(event) => setDays(event.currentTarget.value, last)}
          />
        </label>
        <label>
          {t("period.to")}
          <input
            type="date"
            value={last}
            min={first || undefined}
            onChange={(event) => setDays(first, event.currentTarget.value)}
          />
        </label>
      </div>
    </div>
  );
}

export function useSubmittedText(value: string | undefined): string {
  const { t } = useTranslation();
  const locale = useLocale();
  if (value === undefined) return "";
  const period = periods.find((known) => known === value);
  if (period !== undefined) return t(`period.${period}`);
  const [first = "", last = ""] = value.split("..");
  const day = (text: string) =>
    new Intl.DateTimeFormat(locale.tag, {
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    }).format(new Date(text));
  if (first === "") return t("period.until", { day: day(last) });
  if (last === "") return t("period.since", { day: day(first) });
  return t("period.between", { first: day(first), last: day(last) });
}
