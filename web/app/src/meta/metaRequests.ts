// Questions about Facebook, asked by path: files are sent too, which the typed client does not do.
import { answerOf } from "../api/client";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Given = { query?: Record<string, string | undefined>; body?: unknown; signal?: AbortSignal };

export function ask<Answer>(method: Method, path: string, given: Given = {}): Promise<Answer> {
  const { body, signal } = given;
  const address = new URL(`/api/v1${path}`, window.location.origin);
  for (const [name, value] of Object.entries(given.query ?? {})) {
    if (value !== undefined) address.searchParams.set(name, value);
  }
  const isFile = body instanceof Blob;
  return answerOf(
    send<Answer>(
      new Request(address, {
        method,
        ...(signal === undefined ? {} : { signal }),
        ...(body === undefined
          ? {}
          : {
              headers: { "content-type": isFile ? "text/csv" : "application/json" },
              body: isFile ? body : JSON.stringify(body),
            }),
      }),
    ),
  );
}

async function send<Answer>(request: Request) {
  const response = await globalThis.fetch(request);
  const text = await response.text();
  const said: unknown = text === "" ? undefined : JSON.parse(text);
  return response.ok ? { data: said as Answer, response } : { error: said, response };
}
