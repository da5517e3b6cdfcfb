// One stream of news per browser. The tabs elect one that holds the connection, which passes
// everything on to the others; when it closes, the next takes over. A browser allows only a few
// connections per site, and ten open tabs must not use them all up.

export type StreamState = "connecting" | "live" | "offline";
export type StreamStatus = { state: StreamState; at: number | undefined };
export type StreamMessage = { kind: string; data: string };

type Listener = {
  onMessage: (message: StreamMessage) => void;
  // Something may have been missed: what is on screen must be asked for anew.
  onGap: () => void;
  onStatus: (status: StreamStatus) => void;
  // The server takes no stream of this person any more.
  onRefused: () => void;
};

type Note =
  | { type: "message"; kind: string; data: string; seq: number | undefined; at: number }
  | { type: "gap" }
  | { type: "status"; status: StreamStatus }
  | { type: "who" };

const kinds = ["lead.created", "lead.updated", "lead.gone", "changed"];
const address = "/api/v1/stream";

export function followStream(who: string, listener: Listener): () => void {
  const name = `leadcrm-stream-${who}`;
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : undefined;
  const stopped = new AbortController();
  let lastSeq: number | undefined;
  let status: StreamStatus = { state: "connecting", at: undefined };

  const take = (note: Note) => {
    if (note.type === "message") {
      lastSeq = note.seq ?? lastSeq;
      listener.onMessage(note);
      setStatus({ state: "live", at: note.at });
    }
    if (note.type === "gap") listener.onGap();
    if (note.type === "status") setStatus(note.status);
  };
  const setStatus = (next: StreamStatus) => {
    status = next;
    listener.onStatus(next);
  };
  const tellAll = (note: Note) => {
    take(note);
    channel?.postMessage(note);
  };

  let leading = false;
  channel?.addEventListener("message", ({ data }: MessageEvent<Note>) => {
    if (data.type !== "who") take(data);
    else if (leading) channel.postMessage({ type: "status", status } satisfies Note);
  });

  const lead = () => {
    leading = true;
    return connect(
      stopped.signal,
      () => lastSeq,
      tellAll,
      () => status,
      listener.onRefused,
    );
  };
  if (channel !== undefined && "locks" in navigator) {
    channel.postMessage({ type: "who" } satisfies Note);
    navigator.locks.request(name, { signal: stopped.signal }, lead).catch(() => undefined);
  } else {
    void lead();
  }
  return () => {
    stopped.abort();
    channel?.close();
  };
}

// Holds the connection until it is told to stop. The browser itself reconnects after a broken
// line and resumes by event id; only when it gives up do we open a new one, ever more slowly.
function connect(
  stopped: AbortSignal,
  lastSeq: () => number | undefined,
  tell: (note: Note) => void,
  status: () => StreamStatus,
  refused: () => void,
): Promise<void> {
  return new Promise((done) => {
    let source: EventSource | undefined;
    let wait = 1000;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (state: StreamState, at = status().at) =>
      tell({ type: "status", status: { state, at } });

    const open = () => {
      let fresh = true;
      const stream = new EventSource(address);
      source = stream;
      stream.addEventListener("hello", ({ data }: MessageEvent<string>) => {
        // A new connection begins now; whatever came between the last news and it was missed.
        const { seq } = JSON.parse(data) as { seq: number };
        if (fresh && seq !== lastSeq()) tell({ type: "gap" });
        else tell({ type: "message", kind: "changed", data: "{}", seq: undefined, at: Date.now() });
        fresh = false;
        wait = 1000;
        say("live", Date.now());
      });
      for (const kind of kinds) {
        stream.addEventListener(kind, ({ data, lastEventId }: MessageEvent<string>) => {
          const seq = lastEventId === "" ? undefined : Number(lastEventId);
          tell({ type: "message", kind, data, seq, at: Date.now() });
        });
      }
      stream.addEventListener("reset", () => tell({ type: "gap" }));
      stream.onerror = () => {
        say(navigator.onLine ? "connecting" : "offline");
        if (stream.readyState !== EventSource.CLOSED) return;
        refused();
        if (wait > 4000) say("offline");
        timer = setTimeout(open, wait);
        wait = Math.min(wait * 2, 30_000);
      };
    };
    const goOffline = () => say("offline");
    window.addEventListener("offline", goOffline);

    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      source?.close();
      window.removeEventListener("offline", goOffline);
      done();
    });
    open();
  });
}
