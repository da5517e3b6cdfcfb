// Files with what the organization has, made on demand.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";
import type { Locale } from "../ui/useLocale";

export type Export = components["schemas"]["ExportView"];
export type OrderExport = components["schemas"]["OrderExport"];

export type LeadFormat = Exclude<Export["format"], "zip">;

// In the order people look for them. A format that is missing here does not compile.
const offered: Record<LeadFormat, true> = { xlsx: true, csv: true, vcf: true, jsonl: true };
export const leadFormats = Object.keys(offered) as LeadFormat[];

export const exportsQuery = queryOptions({
  queryKey: ["exports"],
  queryFn: async ({ signal }) => (await answerOf(api.GET("/api/v1/exports", { signal }))).data,
});

export const orderExport = (body: Partial<OrderExport> & Pick<OrderExport, "kind" | "format">) =>
  answerOf(api.POST("/api/v1/exports", { body: { filter: null, ...body } }));

export const isBeingMade = (made: Export) => made.state === "waiting" || made.state === "running";

// "1.4 MB"
export function sizeOf(bytes: number, { tag }: Locale): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return new Intl.NumberFormat(tag, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}
