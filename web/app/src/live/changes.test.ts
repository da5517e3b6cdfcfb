import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { lookAgain } from "./changes";

let cache: QueryClient;
const isOld = (...key: string[]) => cache.getQueryState(key)?.isInvalidated;
const show = (...key: string[]) => cache.setQueryData(key, {});

beforeEach(() => {
  vi.useFakeTimers();
  cache = new QueryClient();
  show("meta", "pages");
  show("meta", "doctor", "1");
  show("leads", "list");
});
afterEach(() => {
  vi.useRealTimers();
});

it("asks anew at once for what a change may have changed, and for nothing else", () => {
  lookAgain(cache).at({ topic: "doctor" });
  expect(isOld("meta", "doctor", "1")).toBe(true);
  expect(isOld("meta", "pages")).toBe(false);
  expect(isOld("leads", "list")).toBe(false);
});

it("asks for everything that changes without a number when no topic is named", () => {
  lookAgain(cache).at({});
  expect(isOld("meta", "doctor", "1")).toBe(true);
  expect(isOld("meta", "pages")).toBe(true);
  expect(isOld("leads", "list")).toBe(false);
});

it("does not know topics of a newer server", () => {
  lookAgain(cache).at({ topic: "toString" });
  expect(isOld("meta", "pages")).toBe(false);
});

it("asks once a second, and never forgets the last change", () => {
  const again = lookAgain(cache);
  again.at({ topic: "pages" });
  show("meta", "pages");
  again.at({ topic: "pages" });
  again.at({ topic: "pages" });
  expect(isOld("meta", "pages")).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(isOld("meta", "pages")).toBe(true);
});
