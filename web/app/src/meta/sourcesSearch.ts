// What the Sources screen shows, as it stands in the address bar.
import { deliveryResults } from "./deliveryResults";
import type { DeliveryResult } from "./metaShapes";

export const tabs = ["pages", "forms", "events", "doctor"] as const;
export type SourcesTab = (typeof tabs)[number];

const troubles = ["declined", "expired", "failed", "signed_out", "not_configured"] as const;
export type LoginTrouble = (typeof troubles)[number];

const steps = ["team", "test"] as const;

export type SourcesSearch = {
  tab?: SourcesTab;
  page?: string;
  // Back from Facebook, or the pages are chosen anew.
  connected?: "1";
  trouble?: LoginTrouble;
  // A step of the first run that comes after the pages.
  step?: (typeof steps)[number];
  // The setting up of an own Meta app.
  app?: "own";
  result?: DeliveryResult;
  delivery?: string;
  // The form whose questions are shown.
  shown?: string;
};

export function readSourcesSearch(address: Record<string, unknown>): SourcesSearch {
  const search: SourcesSearch = {};
  const one = <Word extends string>(name: string, known: readonly Word[]) =>
    known.find((word) => word === address[name]);
  const tab = one("tab", tabs);
  if (tab !== undefined && tab !== "pages") search.tab = tab;
  if (address["connected"] === "1") search.connected = "1";
  const trouble = one("trouble", troubles);
  if (trouble !== undefined) search.trouble = trouble;
  const step = one("step", steps);
  if (step !== undefined) search.step = step;
  if (address["app"] === "own") search.app = "own";
  const result = one("result", deliveryResults);
  if (result !== undefined) search.result = result;
  for (const name of ["page", "delivery", "shown"] as const) {
    const value = address[name];
    if (typeof value === "string" && /^[\w-]{1,64}$/.test(value)) search[name] = value;
  }
  return search;
}
