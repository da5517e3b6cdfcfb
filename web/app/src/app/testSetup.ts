// What jsdom lacks of a browser.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { chooseTimeZone } from "../ui/timeZone";
import { FakeStream } from "./FakeStream";
import { choose } from "./i18n";
import "./shellTexts";

// The machine may be busy compiling at the same time.
configure({ asyncUtilTimeout: 10_000 });

beforeEach(() => {
  localStorage.clear();
  FakeStream.all = [];
  vi.stubGlobal("EventSource", FakeStream);
});

afterEach(async () => {
  cleanup();
  chooseTimeZone(null);
  await choose(null);
  vi.unstubAllGlobals();
});

window.matchMedia ??= (query) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }) as unknown as MediaQueryList;

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};
window.scrollTo = () => {};
Element.prototype.scrollTo ??= () => {};
Element.prototype.scrollIntoView ??= () => {};

// Nothing has a size in jsdom, so a virtual list would show nothing.
for (const [side, pixels] of [
  ["clientHeight", 800],
  ["clientWidth", 1200],
] as const) {
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => pixels });
}
