// Values of custom fields as people read and type them.
import { clockAt, momentAt } from "../ui/days";
import type { Locale } from "../ui/useLocale";
import type { CustomField } from "./customFields";

type Money = { amount_minor: number; currency: string };
const isMoney = (value: unknown): value is Money =>
  typeof value === "object" && value !== null && "amount_minor" in value;

const digitsOf = (currency: string): number => {
  try {
    return (
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
        .maximumFractionDigits ?? 2
    );
  } catch {
    return 2;
  }
};

const optionLabel = (field: CustomField, key: unknown): string =>
  field.options.find((option) => option.key === key)?.label ?? String(key);

// As it is read: "€1,200.50", "3 rooms, Balcony".
export function fieldText(
  field: CustomField | undefined,
  value: unknown,
  locale: Locale,
  words: { yes: string; no: string },
): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (isMoney(value))
    return new Intl.NumberFormat(locale.tag, {
      style: "currency",
      currency: value.currency,
    }).format(value.amount_minor / 10 ** digitsOf(value.currency));
  if (typeof value === "number") return new Intl.NumberFormat(locale.tag).format(value);
  if (field === undefined) return String(value);
  if (Array.isArray(value)) return value.map((key) => optionLabel(field, key)).join(", ");
  if (field.type === "select") return optionLabel(field, value);
  if (field.type === "date")
    return new Intl.DateTimeFormat(locale.tag, { dateStyle: "medium", timeZone: "UTC" }).format(
      new Date(`${value}T00:00:00Z`),
    );
  if (field.type === "date_time")
    return new Intl.DateTimeFormat(locale.tag, {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone: locale.timeZone,
    }).format(new Date(String(value)));
  return String(value);
}

// As it stands in an input.
export function inputText(field: CustomField, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (isMoney(value)) {
    const digits = digitsOf(value.currency);
    return (value.amount_minor / 10 ** digits).toFixed(digits);
  }
  if (field.type === "date_time") return clockAt(Date.parse(String(value)));
  return String(value);
}

// What was typed, as the server wants it. What it cannot be is left to the server to refuse.
export function inputValue(field: CustomField, text: string): unknown {
  if (text === "") return null;
  switch (field.type) {
    case "number":
      return asNumber(text) ?? text;
    case "money": {
      const amount = asNumber(text);
      if (amount === undefined) return text;
      const currency = field.currency ?? "EUR";
      return { amount_minor: Math.round(amount * 10 ** digitsOf(currency)), currency };
    }
    case "date_time": {
      const time = momentAt(text);
      return Number.isNaN(time) ? text : new Date(time).toISOString().replace(".000Z", "Z");
    }
    default:
      return text;
  }
}

// "1.200,50" and "1,200.50": the last sign is the decimal one when both are there.
function asNumber(text: string): number | undefined {
  const plain = text.replace(/[\s'\u00a0\u202f]/g, "");
  const decimal = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  const both = plain.includes(".") && plain.includes(",");
  const whole = both
    ? `${plain.slice(0, decimal).replace(/[.,]/g, "")}.${plain.slice(decimal + 1)}`
    : plain.replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(whole) ? Number(whole) : undefined;
}
