const { LEADCRM_URL: server, LEADCRM_EMAIL: email, LEADCRM_PASSWORD: password } = process.env;

// Sign in. What comes back as a cookie is the session.
const signedIn = await fetch(`${server}/api/v1/auth/login`, {
  method: "POST",
  headers: { "Content-Type": "application/json", Origin: server },
  body: JSON.stringify({ email, password }),
});
if (!signedIn.ok) throw new Error((await signedIn.json()).detail);
const cookie = signedIn.headers.getSetCookie()[0].split(";")[0];

// All leads, page by page, newest first.
let cursor = null;
do {
  const query = new URLSearchParams({ limit: "100", ...(cursor && { cursor }) });
  const answer = await fetch(`${server}/api/v1/leads?${query}`, { headers: { cookie } });
  const { data, next_cursor } = await answer.json();
  for (const lead of data) console.log(lead.submitted_at, lead.name, lead.phone, lead.email);
  cursor = next_cursor;
} while (cursor);

// Everything that happens, as it happens, from the beginning of the log; here only the first piece.
const stream = await fetch(`${server}/api/v1/stream`, {
  headers: { cookie, "Last-Event-ID": "0" },
});
for await (const piece of stream.body.pipeThrough(new TextDecoderStream())) {
  console.log(piece);
  if (piece.includes("event: ")) break;
}
