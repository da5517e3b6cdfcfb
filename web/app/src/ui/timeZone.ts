// On whose clock times are read: the person's own choice, or else the device's. One place for all of
// the page, as there is one reader.
import { useSyncExternalStore } from "react";

export const deviceTimeZone = (): string =>
  Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";

let chosen: string | null = null;
const listeners = new Set<() => void>();

// Says whether anything is different now. null: as the device. So is a zone this browser has not
// heard of, which it could not show a time in.
export function chooseTimeZone(zone: string | null): boolean {
  const next = zone !== null && isKnown(zone) ? zone : null;
  if (next === chosen) return false;
  chosen = next;
  for (const listener of listeners) listener();
  return true;
}

export const timeZone = (): string => chosen ?? deviceTimeZone();

export const useTimeZone = (): string => useSyncExternalStore(subscribe, timeZone);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
