import { useSyncExternalStore } from "react";

// The time, once a second. One timer serves the whole page and rests while the tab is hidden.
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function start() {
  if (timer !== undefined || document.hidden) return;
  tick();
  timer = setInterval(tick, 1000);
}

function stop() {
  clearInterval(timer);
  timer = undefined;
}

const followVisibility = () => (document.hidden ? stop() : start());

function subscribe(listener: () => void) {
  if (listeners.size === 0) document.addEventListener("visibilitychange", followVisibility);
  listeners.add(listener);
  if (timer === undefined) queueMicrotask(start);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", followVisibility);
    stop();
  };
}

export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

// The same, cut to a text: only a component whose text changes is drawn again.
export function useTextOverTime(text: (now: number) => string): string {
  return useSyncExternalStore(subscribe, () => text(now));
}
