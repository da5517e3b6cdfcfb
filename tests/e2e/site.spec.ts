// The public site as visitors find it: every page on a desktop and on a phone, in light and in dark,
// with and without script. What its pages promise about programs is tried: the samples are run.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { HtmlValidate } from "html-validate";
import { isAccessible } from "./accessible";
import { expect, makeKey, type Product, register, test } from "./product";

const run = promisify(execFile);
const examples = resolve(import.meta.dirname, "../../web/site/examples");
const zoomed_width = 320; // 1280 at 400 %
const weight_max = 100_000; // bytes on the wire, with everything the page loads

async function text(address: string) {
  const answer = await fetch(address);
  return { status: answer.status, text: await answer.text() };
}

// The sitemap names every page; the page for wrong addresses is in no map.
async function addresses(product: Product): Promise<string[]> {
  const { text: map } = await text(`${product.url}/sitemap.xml`);
  const found = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address ?? "");
  expect(found.length).toBeGreaterThan(12);
  for (const address of found) expect(address).toContain(product.url);
  return found;
}

test("every page is accessible, fits, weighs less than 100 kB, and says nothing in the console", async ({ browser, product }) => {
  test.setTimeout(120_000);
  const pages = [...(await addresses(product)), `${product.url}/nowhere`];
  const looks = [
    { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
    { viewport: { width: 390, height: 844 }, colorScheme: "dark", isMobile: true, hasTouch: true },
  ] as const;
  const visit = async (look: (typeof looks)[number]) => {
    const context = await browser.newContext(look);
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send("Network.setCacheDisabled", { cacheDisabled: true });
    let weight = 0;
    page.on("requestfinished", async (request) => {
      const sizes = await request.sizes();
      weight += sizes.responseBodySize + sizes.responseHeadersSize;
    });
    const said: string[] = [];
    page.on("console", (message) => said.push(`${page.url()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(`${page.url()}: ${error.message}`));
    for (const address of pages) {
      weight = 0;
      await page.goto(address);
      // What is out of sight is laid out when it is looked at, which moves what axe has measured.
      await page.locator(".part").evaluateAll((parts) => {
        for (const part of parts as HTMLElement[]) part.style.contentVisibility = "visible";
      });
      await isAccessible(page);
      expect(weight, address).toBeGreaterThan(1000);
      expect(weight, address).toBeLessThan(weight_max);
      for (const width of [look.viewport.width, zoomed_width]) {
        await page.setViewportSize({ ...look.viewport, width });
        // Not innerWidth: a phone zooms out until too wide a page fits.
        const needed = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(needed, `${address} is too wide`).toBeLessThanOrEqual(width);
      }
      await page.setViewportSize(look.viewport);
    }
    // Chromium tells of the one page that is meant to be a 404.
    expect(said.filter((line) => !line.includes("/nowhere"))).toEqual([]);
    await context.close();
  };
  await Promise.all(looks.map(visit));
});

test("every page is valid, and every link and anchor leads somewhere", async ({ product }) => {
  const validator = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: { "no-trailing-whitespace": "off", "long-title": "off" },
  });
  const pages = new Map<string, string>();
  const load = async (address: string) => {
    if (!pages.has(address)) {
      const answer = await text(address);
      expect(answer.status, address).toBe(200);
      pages.set(address, answer.text);
    }
    return pages.get(address) ?? "";
  };
  const titles = new Set<string>();
  for (const address of await addresses(product)) {
    const html = await load(address);
    const report = await validator.validateString(html, address);
    const wrong = report.results.flatMap(({ messages }) =>
      messages.map(({ line, ruleId, message }) => `${address}:${line} ${ruleId}: ${message}`));
    expect(wrong).toEqual([]);
    expect(html).toContain(`<link rel="canonical" href="${address}">`);
    expect(html, "marks are filled in").not.toMatch(/@@[A-Z]/);
    titles.add(/<title>(.*)<\/title>/.exec(html)?.[1] ?? "");

    for (const [, target] of html.matchAll(/<(?:a|link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"/g)) {
      const url = new URL(target ?? "", address);
      if (url.origin !== product.url) continue;
      const anchor = url.hash.slice(1);
      url.hash = "";
      const there = await load(url.href.replace(/\?.*/, ""));
      if (anchor) expect(there, `${address} -> ${target}`).toContain(`id="${anchor}"`);
    }
  }
  expect(titles.size, "titles differ").toBe((await addresses(product)).length);
});

test("it is readable without script, and the status of a deletion is found by its code", async ({ browser, product }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const address of await addresses(product)) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("contentinfo")).toBeVisible();
  }
  await page.goto(`${product.url}/docs`);
  await page.getByRole("searchbox").fill("signature");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "All topics" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Webhooks: The signature check" })).toBeVisible();

  await page.goto(`${product.url}/data-deletion`);
  await page.getByLabel("Confirmation code").fill("0123456789abcdef01234567");
  await page.getByRole("button", { name: "Look it up" }).click();
  await expect(page).toHaveURL(`${product.url}/data-deletion/0123456789abcdef01234567`);
  await expect(page.getByRole("heading", { name: "No such request" })).toBeVisible();
  await context.close();
});

test("with script the search narrows down as one types", async ({ page, product }) => {
  await page.goto(`${product.url}/docs/search?q=hmac`);
  const shown = page.locator("#index > li:visible");
  await expect(page.getByRole("status")).toContainText("of");
  await expect(shown.first()).toContainText("signature", { ignoreCase: true });
  const few = await shown.count();
  await page.getByRole("searchbox").fill("");
  expect(await shown.count()).toBeGreaterThan(few);
  // A word that stands far down in its section.
  await page.getByRole("searchbox").fill("vcard entra");
  await expect(shown).toHaveCount(1);
  await expect(shown.first()).toContainText("For owners: Change and end things");
});

test("strangers read the plans that owners choose from", async ({ page, product }) => {
  await page.goto(`${product.url}/pricing`);
  const plans = page.getByRole("table").getByRole("row");
  await expect(plans).toHaveText([/^Plan/, /^Free/, /^Team/, /^Business/]);
  await expect(plans.nth(1)).toContainText("up to 3 people");
  await expect(page.getByText("Ask us")).toBeVisible();
});

test("what became of a request is told in the look of the site", async ({ page, product }) => {
  const answer = await page.goto(`${product.url}/data-deletion/0123456789abcdef01234567`);
  expect(answer?.status()).toBe(404);
  await expect(page).toHaveTitle("No such request - Lead CRM");
  await expect(page.getByRole("navigation", { name: "Site" })).toBeVisible();
  await isAccessible(page);
  expect(await page.content()).not.toContain("@@");
});

test("a page has an ETag, and what was filled in is sent compressed", async ({ product }) => {
  const ask = (headers: Record<string, string>) => fetch(`${product.url}/privacy`, { headers });
  const first = await ask({ "Accept-Encoding": "gzip" });
  expect(first.headers.get("content-encoding")).toBe("gzip");
  expect(first.headers.get("content-security-policy")).not.toContain("unsafe");
  const again = await ask({ "Accept-Encoding": "gzip", "If-None-Match": first.headers.get("etag") ?? "" });
  expect(again.status).toBe(304);
  expect((await text(`${product.url}/nowhere`)).status).toBe(404);
});

test("the operator's name, contact and legal entity are the server's settings", async ({ product }) => {
  await product.program?.stop();
  product.settings.push("--operator-name", "Fern <& Co>", "--operator-contact", "privacy@fern.example",
    "--operator-legal-entity", "Fern Ltd, Bristol", "--operator-price", "€9 a month");
  await product.startAgain();
  const policy = (await text(`${product.url}/privacy`)).text;
  expect(policy).toContain("Fern Ltd, Bristol");
  expect(policy).toContain('<a href="mailto:privacy@fern.example">privacy@fern.example</a>');
  const prices = (await text(`${product.url}/pricing`)).text;
  expect(prices).toContain("€9 <span>a month</span>");
  expect(prices).toContain("Fern &lt;&amp; Co&gt;");
});

test("the table of roles is what the program checks, and the permissions are what it asks for", async ({ page, product }) => {
  await register(page, product);
  const told = await page.evaluate(() =>
    Promise.all(["/api/v1/me", "/api/v1/meta/app"].map((path) => fetch(path).then((answer) => answer.json()))));
  const [, app] = told;
  const permissions = (await text(`${product.url}/docs/meta-graph-api`)).text;
  for (const { name } of app.scopes) expect(permissions).toContain(`<code>${name}</code>`);
  const description = await page.evaluate(() => fetch("/api/openapi.json").then((answer) => answer.json()));
  expect(description["x-roles"].agent.rights).not.toContain("write_sources");

  const row = (await text(`${product.url}/roles`)).text.match(/Connect and disconnect.*?<\/tr>/s)?.[0] ?? "";
  expect(row.match(/>(Yes|No)</g)).toEqual([">Yes<", expect.anything(), expect.anything()]);
});

test("the quick starts show a lead and hear of it, in each language", async ({ page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana@example.com" });
  await expect(page.getByRole("link", { name: "Ana Lima", exact: true })).toBeVisible();
  const env = {
    ...process.env,
    LEADCRM_URL: product.url,
    LEADCRM_KEY: await makeKey(page),
  };
  const said = await Promise.all(
    [["sh", "quick_start.sh"], [process.execPath, "quick_start.mjs"], ["python3", "quick_start.py"]].map(
      ([program = "", file = ""]) => run(program, [join(examples, file)], { env }).then(({ stdout }) => stdout)));
  for (const words of said) {
    expect(words).toContain("Ana Lima");
    expect(words).toContain("event: ");
  }
});

test("the signature checks know the test vector from a forgery", async ({ product, simulator: _ }) => {
  const page = (await text(`${product.url}/docs/webhooks`)).text;
  const shown = /id="test-vector".*?<code>(.*?)<\/code>/s.exec(page)?.[1]?.replaceAll("&quot;", '"') ?? "";
  const [secret = "", body = "", signature = ""] = shown.split("\n");
  expect(signature).toMatch(/^sha256=[0-9a-f]{64}$/);
  const exitOf = (program: string, file: string, input: string) =>
    new Promise<unknown>((done) => {
      const child = execFile(program, [join(examples, file), secret, signature], (error) => done(error?.code ?? 0));
      child.stdin?.end(input);
    });
  for (const [program, file] of [["sh", "verify.sh"], [process.execPath, "verify.mjs"], ["python3", "verify.py"]] as const) {
    expect(await exitOf(program, file, body), file).toBe(0);
    expect(await exitOf(program, file, body.replace("202020", "202021")), file).toBe(1);
    const sample = readFileSync(join(examples, file), "utf8").trim().split("\n").at(-1) ?? "";
    expect(page).toContain(sample.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("'", "&#39;").replaceAll(">", "&gt;").replaceAll("<", "&lt;"));
  }
});
