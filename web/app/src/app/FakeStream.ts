// An EventSource that a test speaks through.
export class FakeStream extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  static all: FakeStream[] = [];
  static get latest(): FakeStream {
    const latest = FakeStream.all.at(-1);
    if (latest === undefined) throw new Error("No stream was opened.");
    return latest;
  }

  readyState = FakeStream.OPEN;
  onerror: (() => void) | null = null;

  constructor() {
    super();
    FakeStream.all.push(this);
  }

  say(kind: string, data: unknown, seq = "") {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data), lastEventId: seq }));
  }

  breakOff(forGood: boolean) {
    this.readyState = forGood ? FakeStream.CLOSED : FakeStream.CONNECTING;
    this.onerror?.();
  }

  close() {
    this.readyState = FakeStream.CLOSED;
  }
}
