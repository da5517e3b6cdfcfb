// The proof that everything Meta has is here: per form and day, their leads against ours.
import { queryOptions } from "@tanstack/react-query";
import { grouped } from "../ui/grouped";
import { ask } from "./metaRequests";
import type { FileResult, Ledger, LedgerLine } from "./metaShapes";

export const ledgerDays = 7;

export const ledgerQuery = (pageId: string) =>
  queryOptions({
    queryKey: ["meta", "ledger", pageId],
    queryFn: ({ signal }) =>
      ask<Ledger>("GET", "/meta/ledger", {
        query: { page_id: pageId, days: String(ledgerDays) },
        signal,
      }),
  });

export const proofAddress = (pageId: string) =>
  `/api/v1/meta/ledger.csv?page_id=${encodeURIComponent(pageId)}&days=${ledgerDays}`;

// Meta's own download of leads. What is here already is stored once.
export const sendLeadsFile = (file: File) =>
  ask<FileResult>("POST", "/meta/leads-file", { body: file });

// As much as the server takes.
export const largestFile = 20 * 1024 * 1024;

export type LedgerRow = { formId: string; name: string; days: (LedgerLine | undefined)[] };
export type LedgerSum = {
  meta: number;
  ours: number;
  missing: number;
  repaired: number;
  impossible: number;
  erased: number;
};

// The days up to the latest, oldest first. Meta's days are counted in UTC.
export function daysUpTo(now: number, count = ledgerDays): string[] {
  return Array.from({ length: count }, (_, at) =>
    new Date(now - (count - 1 - at) * 86_400_000).toISOString().slice(0, 10),
  );
}

// One row a form, those with the most leads first.
export function rowsOf(lines: LedgerLine[], days: string[]): LedgerRow[] {
  const weight = (of: LedgerLine[]) => sumOf(of).meta;
  return grouped(lines, ({ form_id }) => form_id)
    .toSorted((a, b) => weight(b) - weight(a))
    .map((of) => ({
      formId: of[0]?.form_id ?? "",
      name: of[0]?.form_name ?? "",
      days: days.map((day) => of.find((line) => line.day === day)),
    }));
}

// What is missing is counted line by line: more leads here on one form hide none on another.
export const sumOf = (lines: LedgerLine[]): LedgerSum =>
  lines.reduce(
    (sum, line) => ({
      meta: sum.meta + line.meta,
      ours: sum.ours + line.ours,
      missing: sum.missing + Math.max(0, line.meta - line.ours - line.impossible - line.erased),
      repaired: sum.repaired + line.repaired,
      impossible: sum.impossible + line.impossible,
      erased: sum.erased + line.erased,
    }),
    { meta: 0, ours: 0, missing: 0, repaired: 0, impossible: 0, erased: 0 },
  );
