import { useEffect, useRef } from "react";

type Keys = Record<string, ((event: KeyboardEvent) => void) | undefined>;

// Single keys for the whole page. They rest while somebody types, while a menu or dialog is open,
// and leave the browser's own combinations alone.
export function useKeys(keys: Keys) {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || isInOverlay()) return;
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=checkbox]), textarea, select, [contenteditable=true]");

const isInOverlay = () =>
  document.querySelector("[role=dialog], dialog[open], [role=menu]") !== null;
