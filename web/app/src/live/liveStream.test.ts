import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeStream } from "../app/FakeStream";
import { followStream, type StreamStatus } from "./liveStream";

const heard = {
  messages: [] as string[],
  gaps: 0,
  refusals: 0,
  status: undefined as StreamStatus | undefined,
};
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("BroadcastChannel", undefined);
  Reflect.deleteProperty(globalThis, "BroadcastChannel");
  heard.messages = [];
  heard.gaps = 0;
  heard.refusals = 0;
  stop = followStream("org-user", {
    onMessage: ({ data }) => heard.messages.push(data),
    onGap: () => {
      heard.gaps += 1;
    },
    onStatus: (status) => {
      heard.status = status;
    },
    onRefused: () => {
      heard.refusals += 1;
    },
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

it("passes on what the server says and counts as live from its greeting", () => {
  FakeStream.latest.say("hello", { seq: 7 });
  expect(heard.status?.state).toBe("live");
  FakeStream.latest.say("lead.created", { lead: 1 }, "8");
  expect(heard.messages).toEqual(['{"lead":1}']);
});

it("asks for everything anew when the server says reset", () => {
  FakeStream.latest.say("hello", { seq: 7 });
  const before = heard.gaps;
  FakeStream.latest.say("reset", {});
  expect(heard.gaps).toBe(before + 1);
});

it("says so while the browser reconnects by itself, and does not ask anew", () => {
  FakeStream.latest.say("hello", { seq: 7 });
  const before = heard.gaps;
  FakeStream.latest.breakOff(false);
  expect(heard.status?.state).toBe("connecting");
  expect(heard.refusals).toBe(0);
  expect(FakeStream.all).toHaveLength(1);
  FakeStream.latest.say("hello", { seq: 9 });
  expect(heard.gaps).toBe(before);
  // Changes have no number, so what changed meanwhile cannot be told afterwards.
  expect(heard.messages).toEqual(["{}"]);
});

it("opens a new connection when the browser gave up, and asks anew if something was missed", () => {
  FakeStream.latest.say("hello", { seq: 7 });
  FakeStream.latest.say("lead.created", {}, "8");
  const before = heard.gaps;
  FakeStream.latest.breakOff(true);
  expect(heard.refusals).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(FakeStream.all).toHaveLength(2);
  FakeStream.latest.say("hello", { seq: 8 });
  expect(heard.gaps).toBe(before);

  FakeStream.latest.breakOff(true);
  vi.advanceTimersByTime(1000);
  FakeStream.latest.say("hello", { seq: 12 });
  expect(heard.gaps).toBe(before + 1);
});
