// What people write into forms, pages and links never runs, never leads away, and no other site acts
// for whoever is signed in: tried in a browser, and on the wire of the running program.
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import type { Page } from "@playwright/test";
import { connectAll } from "./facebook";
import { expect, password, type Product, register, test } from "./product";

const evil = '"><img src=x onerror="window.taken=1"><script>window.taken=1</script>';
const dummy = "<test lead: dummy data for full_name>";

// Whatever ran, was refused by the policy, or asked: in every page from the first line on.
async function watch(page: Page, product: Product) {
  const seen: string[] = [];
  page.on("dialog", (dialog) => void seen.push(`dialog: ${dialog.message()}`) || dialog.dismiss());
  page.on("console", (message) => {
    if (message.location().url.startsWith(product.url) && /Content Security Policy|Refused to/.test(message.text()))
      seen.push(`${message.location().url}: ${message.text()}`);
  });
  const ran = async () => {
    if (await page.evaluate(() => "taken" in window)) seen.push(`it ran on ${page.url()}`);
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    seen.push(...links.filter((href) => !/^(https?|tel|mailto|sms|blob):/.test(href)));
  };
  return { seen, ran };
}

async function signIn(page: Page) {
  await page.getByLabel("Work mail").fill("dana@fernhall.example");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("script in names, answers, forms, pages and campaigns is text wherever it is shown", async ({ page, product, simulator }) => {
  const { seen, ran } = await watch(page, product);
  const first = await simulator.firstPage();
  await simulator.control("PATCH", `pages/${first.id}`, { name: `Page ${evil}` });
  await simulator.control("POST", "forms", {
    page_id: first.id,
    name: `Form ${evil}`,
    questions: [{ key: "x\"><svg/onload=window.taken=1>", label: `Why ${evil}?`, type: "CUSTOM", options: [] }],
  });
  const withForm = await simulator.control("GET", "state");
  const form = withForm.pages[0].forms.find((each: { name: string }) => each.name.includes("onerror"));
  await connectAll(page, product);
  await simulator.sendLead(
    {
      full_name: `Ana ${evil}`,
      email: "ana@example.com",
      "x\"><svg/onload=window.taken=1>": "javascript:window.taken=1",
      website: "javascript:window.taken=1",
    },
    { form_id: form.id, organic: false },
  );
  await simulator.sendLead({ full_name: dummy, email: "test@meta.com" });

  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("link", { name: dummy })).toBeVisible();
  const lead = page.getByRole("link", { name: `Ana ${evil}`, exact: true });
  await expect(lead).toBeVisible();
  await ran();
  await lead.click();
  await expect(page.getByRole("complementary").getByText("javascript:window.taken=1").first()).toBeVisible();
  await ran();
  for (const place of [
    `leads?q=${encodeURIComponent(evil)}`,
    "leads?q=onerror",
    "sources",
    "sources?tab=forms",
    "sources?tab=doctor",
    "sources?tab=events",
    "sources?tab=ledger",
    "settings/privacy",
    "settings/audit",
    "settings/fields",
    `no-such-page/${encodeURIComponent(evil)}`,
  ]) {
    await page.goto(`${product.url}/app/${place}`);
    await page.waitForLoadState("networkidle").catch(() => {});
    await ran();
  }
  expect(seen).toEqual([]);
});

test("signing in leads nowhere but into the app, whatever the link says", async ({ page, product }) => {
  await register(page, product);
  for (const next of ["//evil.example", "https://evil.example/app/", "/app//evil.example", "/app/\\evil.example", "/\\evil.example",
    "/app/..//evil.example", "javascript:alert(1)", "/app/%2f%2fevil.example", "/app/%5cevil.example"]) {
    await page.context().clearCookies();
    await page.goto(`${product.url}/app/sign-in?next=${encodeURIComponent(next)}`);
    await signIn(page);
    await expect(page.getByRole("button", { name: "Sign in", exact: true })).toHaveCount(0);
    expect(new URL(page.url()).origin, next).toBe(product.url);
  }
  for (const path of ["/app//evil.example", "/app/%5c%5cevil.example", "//evil.example/", "/\\evil.example", "/app/..%2f..%2fevil.example"]) {
    const answer = await fetch(product.url + path, { redirect: "manual" });
    const target = answer.headers.get("location");
    if (target) expect(new URL(target, product.url).origin, path).toBe(product.url);
  }
});

// A page of somebody else, on an address of its own.
async function elsewhere(html: string): Promise<{ server: Server; url: string }> {
  const server = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end(html));
  await new Promise<void>((ready) => server.listen(0, "localhost", ready));
  const address = server.address();
  return { server, url: `http://localhost:${typeof address === "object" && address ? address.port : 0}` };
}

test("another site can neither act for whoever is signed in, nor read, nor frame the app", async ({ page, product }) => {
  await register(page, product);
  const name = "Written by another site";
  const body = JSON.stringify({ name });
  const { server, url } = await elsewhere(`
    <form id="f" method="post" enctype="text/plain" action="${product.url}/api/v1/stages" target="there">
      <input name='{"name":"${name}","kind":"open","x":"' value='"}'></form>
    <iframe name="there"></iframe><iframe id="frame" src="${product.url}/app/leads"></iframe>`);
  const other = await page.context().newPage();
  await other.goto(url);
  await other.locator("#f").evaluate((form) => (form as HTMLFormElement).submit());
  const tried = await other.evaluate(
    async ([target, text]) => {
      const ways: RequestInit[] = [
        { method: "POST", body: text, headers: { "Content-Type": "application/json" } },
        { method: "POST", body: text, mode: "no-cors" },
        { method: "DELETE" },
        { method: "GET" },
      ];
      const outcomes: string[] = [];
      for (const way of ways)
        outcomes.push(
          await fetch(`${target}/api/v1/stages`, { credentials: "include", ...way }).then(
            (answer) => `${answer.type} ${answer.status}`,
            () => "refused",
          ),
        );
      return outcomes;
    },
    [product.url, body] as const,
  );
  expect(tried.filter((outcome) => !["refused", "opaque 0"].includes(outcome))).toEqual([]);
  // A frame that the policy refuses shows the browser's own page, which nobody can look into.
  await expect(other.frameLocator("#frame").getByRole("heading", { name: "Leads" })).toHaveCount(0);
  const stages = await page.evaluate(() => fetch("/api/v1/stages").then((answer) => answer.text()));
  expect(stages).not.toContain(name);
  server.close();
});

test("every page says what a browser must not do", async ({ product }) => {
  for (const path of ["/", "/app/", "/app/leads", "/privacy", "/data-deletion/none", "/api/v1/me", "/no-such-page", "/healthz"]) {
    const { headers } = await fetch(product.url + path);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("referrer-policy"), path).toBeTruthy();
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get("server") ?? "", path).not.toMatch(/\d/);
  }
});

// Bytes as they are, and everything that comes back until the server closes.
async function raw(product: Product, bytes: string): Promise<string> {
  return new Promise((done, failed) => {
    let text = "";
    const socket = connect(product.port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    socket.setTimeout(5000, () => socket.destroy());
    socket.on("data", (piece) => {
      text += piece.toString("latin1");
    });
    socket.on("close", () => done(text));
    socket.on("error", failed);
  });
}

test("what a proxy could read in another way is refused, and ends the connection", async ({ product }) => {
  const smuggled = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  const heads = [
    `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `Content-Length: +0\r\n\r\n${smuggled}`,
    `Content-Length: 0\r\n X-Folded: 1\r\n\r\n${smuggled}`,
    `Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${smuggled}`,
  ];
  for (const head of heads) {
    const said = await raw(product, `POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${head}`);
    expect(said, head).toMatch(/^HTTP\/1\.1 (400|501) /);
    expect(said.match(/HTTP\/1\.1 /g)?.length, head).toBe(1);
  }
});

test("nothing in an address or a header becomes a header of the answer", async ({ product }) => {
  for (const path of ["/%0d%0aSet-Cookie:%20taken=1", "/app/%0d%0aSet-Cookie:%20taken=1", "/docs/%0aX-Taken:1",
    "/meta/oauth/callback?state=%0d%0aSet-Cookie:%20taken=1&error=x", "/data-deletion/%0d%0aX-Taken:%201"]) {
    const said = await raw(product, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const head = said.slice(0, said.indexOf("\r\n\r\n"));
    expect(head, path).toMatch(/^HTTP\/1\.1 \d/);
    expect(head, path).not.toMatch(/^(set-cookie: taken|x-taken)/im);
  }
});

test("how long a wrong password takes does not tell whether an address is known", async ({ page, product }) => {
  await register(page, product);
  const attempt = async (email: string) => {
    const start = performance.now();
    const answer = await fetch(`${product.url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: product.url },
      body: JSON.stringify({ email, password: "not the password" }),
    });
    return { status: answer.status, text: (await answer.json()).detail, ms: performance.now() - start };
  };
  const known = [];
  const unknown = [];
  // In turn, so that what else the machine does is in both. Ten tries are allowed.
  for (let round = 0; round < 9; ++round) {
    known.push(await attempt("dana@fernhall.example"));
    unknown.push(await attempt(`nobody${round}@fernhall.example`));
  }
  for (const { status, text } of [...known, ...unknown]) {
    expect(status).toBe(known[0]?.status);
    expect(text).toBe(known[0]?.text);
  }
  const median = (tries: { ms: number }[]) => tries.map(({ ms }) => ms).sort((a, b) => a - b)[4] ?? 0;
  // Without the same work for both, one takes a tenth of the other.
  const ratio = median(unknown) / median(known);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});
