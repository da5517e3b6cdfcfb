const { LEADCRM_URL: server, LEADCRM_KEY: key } = process.env;
const authorization = `Bearer ${key}`;

// All leads, page by page, newest first.
let cursor = null;
do {
  const query = new URLSearchParams({ limit: "100", ...(cursor && { cursor }) });
  const answer = await fetch(`${server}/api/v1/leads?${query}`, { headers: { authorization } });
  if (!answer.ok) throw new Error((await answer.json()).detail);
  const { data, next_cursor } = await answer.json();
  for (const lead of data) console.log(lead.submitted_at, lead.name, lead.phone, lead.email);
  cursor = next_cursor;
} while (cursor);

// Everything that happens, as it happens, from the beginning of the log; here only the first piece.
const stream = await fetch(`${server}/api/v1/stream`, {
  headers: { authorization, "Last-Event-ID": "0" },
});
for await (const piece of stream.body.pipeThrough(new TextDecoderStream())) {
  console.log(piece);
  if (piece.includes("event: ")) break;
}
