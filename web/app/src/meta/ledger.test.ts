import { expect, it } from "vitest";
import { daysUpTo, rowsOf } from "./ledger";
import { aLine } from "./madeUpMeta";

it("counts days as Meta does, in UTC, today last", () => {
  expect(daysUpTo(Date.parse("2026-03-01T00:30:00+02:00"), 3)).toEqual([
    "2026-02-26",
    "2026-02-27",
    "2026-02-28",
  ]);
});

it("gives a form a row and a day without leads a gap, the busiest form first", () => {
  const days = ["2026-04-13", "2026-04-14"];
  const rows = rowsOf(
    [
      aLine({ form_id: "small", meta: 1, ours: 1 }),
      aLine({ form_id: "big", day: "2026-04-13", meta: 40, ours: 40 }),
    ],
    days,
  );
  expect(rows.map(({ formId }) => formId)).toEqual(["big", "small"]);
  expect(rows[0]?.days.map((line) => line?.meta)).toEqual([40, undefined]);
});
