// Operating the service in a browser, and looking into an organization as its owner lets one.
import type { Browser, Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { codeOf, setUp } from "./authenticator";
import { isAtWork, join } from "./colleagues";
import { expect, makeKey, password, type Product, register, test } from "./product";

const email = "ann@operator.example";

// Two or three people each, every one of them in a browser of their own.
test.slow();

// Made by the command, with the password of its link and a second factor, signed in.
async function makeAdmin(browser: Browser, product: Product, phone = false) {
  const told = product.admin("create-platform-admin", "--email", email, "--name", "Ann");
  const link = /http\S+\/app\/new-password#\S+/.exec(told)?.[0] ?? "";
  const page = await (
    await browser.newContext(phone ? { viewport: { width: 390, height: 844 } } : {})
  ).newPage();
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  await signIn(page, product);
  await expect(page.getByText("Whoever operates the service signs in with a second factor too.")).toBeVisible();
  await isAccessible(page);
  const { secret } = await setUp(page);
  await expect(page.getByRole("heading", { name: "Organizations" })).toBeVisible();
  return { page, secret };
}

async function signIn(page: Page, product: Product) {
  await page.goto(`${product.url}/app/sign-in`);
  await page.getByLabel("Work mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const ask = (page: Page, method: string, path: string, body?: unknown) =>
  page.evaluate(
    async ([verb, where, what]) => {
      const answer = await fetch(where, {
        method: verb,
        ...(what === undefined
          ? {}
          : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) }),
      });
      return { status: answer.status, body: await answer.json().catch(() => null) };
    },
    [method, path, body] as const,
  );

async function grant(owner: Page, product: Product) {
  await owner.goto(`${product.url}/app/settings/support`);
  await owner.getByLabel("What should support look at?").fill("Why the spring form brings nothing.");
  await owner.getByLabel("For", { exact: true }).selectOption({ label: "1 hour" });
  await owner.getByRole("button", { name: "Let support look" }).click();
  await expect(owner.getByRole("button", { name: "End support access" })).toBeVisible();
}

test("whoever operates the service sees organizations and no lead", async ({ page, product, browser }) => {
  const organization = await register(page, product);
  product.admin("make-sample-leads", "--organization", organization, "--count", "20");
  const { data } = (await ask(page, "GET", "/api/v1/leads?limit=1")).body;
  const { page: admin, secret } = await makeAdmin(browser, product);

  await expect(admin.getByRole("link", { name: "Fernhall Homes" })).toBeVisible();
  await isAccessible(admin);
  await admin.getByLabel("Find an organization").fill("nobody");
  await expect(admin.getByText("No organization is called so")).toBeVisible();
  await admin.getByLabel("Find an organization").fill("fernhall");
  await admin.getByRole("link", { name: "Fernhall Homes" }).click();
  await expect(admin.getByRole("heading", { name: "Fernhall Homes" })).toBeVisible();
  await expect(admin.getByText("No owner lets support look at the moment.")).toBeVisible();
  await isAccessible(admin);

  for (const path of ["/api/v1/leads", `/api/v1/leads/${data[0].id}`, "/api/v1/members", "/api/v1/audit"])
    expect((await ask(admin, "GET", path)).status).toBe(403);
  expect((await ask(admin, "POST", `/api/v1/platform/organizations/${organization}/visit`)).status).toBe(403);
  await admin.goto(`${product.url}/app/leads/${data[0].id}`);
  await expect(admin).toHaveURL(`${product.url}/app/platform`);
  // Nor does the owner get in there.
  await page.goto(`${product.url}/app/platform`);
  await isAtWork(page);
  expect((await ask(page, "GET", "/api/v1/platform/organizations")).status).toBe(403);

  for (const [name, words] of [
    ["Health", "Work that waits"],
    ["Mails", "Waiting to be sent"],
    ["Dead letters", "Nothing has failed for good"],
  ] as const) {
    await admin.getByRole("link", { name, exact: true }).click();
    await expect(admin.getByText(words)).toBeVisible();
    await isAccessible(admin);
  }

  await admin.getByRole("link", { name: "Organizations", exact: true }).click();
  await admin.getByRole("link", { name: "Fernhall Homes" }).click();
  await admin.getByLabel("Why").fill("The invoice is open.");
  await admin.getByRole("button", { name: "Suspend" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByText("The invoice is open.")).toBeVisible();
  await isAccessible(admin);
  await admin.getByLabel("Why they can work again").fill("It is paid.");
  await admin.getByRole("button", { name: "Restore" }).click();
  await expect(admin.getByText("Its people can work.")).toBeVisible();
  await page.goto(`${product.url}/app/settings/audit`);
  for (const reason of ["The invoice is open.", "It is paid."])
    await expect(page.getByRole("button", { name: reason })).toBeVisible();

  // Signing in asks for a code from now on, and leads to where the service is operated.
  await admin.getByRole("button", { name: "Ann" }).click();
  await admin.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(admin.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
  await signIn(admin, product);
  await admin.getByLabel("Code", { exact: true }).fill(codeOf(secret, 1));
  await admin.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(admin).toHaveURL(`${product.url}/app/platform`);

  // Ann's own account, though she is in no organization.
  await admin.getByRole("button", { name: "Ann" }).click();
  await admin.getByRole("menuitem", { name: "Profile" }).click();
  await expect(admin.getByRole("heading", { name: "Profile", level: 1 })).toBeVisible();
  await expect(admin.getByText("so it stays on.")).toBeVisible();
  await admin.getByRole("button", { name: "Edit" }).click();
  await admin.getByLabel("Name", { exact: true }).fill("Ann Oliver");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByRole("button", { name: "Ann Oliver" })).toBeVisible();
  await isAccessible(admin);

  product.admin("remove-platform-admin", "--email", email);
  await admin.reload();
  await expect(admin.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
});

test("an owner lets support look, everybody sees it, and the owner ends it", async ({ page, product, browser }) => {
  const organization = await register(page, product);
  product.admin("make-sample-leads", "--organization", organization, "--count", "20");
  const { page: admin } = await makeAdmin(browser, product);
  const agent = await join(browser, product, page, "Joe", "agent");
  await isAtWork(agent);
  await expect(agent.getByText("Support may look until")).toBeHidden();

  await page.goto(`${product.url}/app/settings/support`);
  await isAccessible(page);
  await grant(page, product);
  // Without a reload.
  await expect(agent.getByText("Support may look until")).toBeVisible();
  await expect(agent.getByText("Dana Whitlock has allowed it.")).toBeVisible();
  await expect(agent.getByRole("button", { name: "End now" })).toBeHidden();
  await isAccessible(agent);
  await isAccessible(page);

  await admin.goto(`${product.url}/app/platform/organizations/${organization}`);
  await expect(admin.getByText("Why the spring form brings nothing.")).toBeVisible();
  await admin.getByRole("button", { name: "Look into Fernhall Homes" }).click();
  await isAtWork(admin);
  await expect(admin.getByText("You look into Fernhall Homes as support.")).toBeVisible();
  const { data } = (await ask(admin, "GET", "/api/v1/leads?limit=1")).body;
  await admin.goto(`${product.url}/app/leads/${data[0].id}`);
  await expect(admin.getByRole("heading", { name: data[0].name })).toBeVisible();
  await isAccessible(admin);

  for (const [method, path, body] of [
    ["PATCH", `/api/v1/leads/${data[0].id}`, { stage: "won" }],
    ["POST", "/api/v1/exports", { kind: "leads" }],
    ["GET", "/api/v1/exports", undefined],
    ["GET", "/api/v1/keys", undefined],
    ["POST", `/api/v1/leads/${data[0].id}/erasure`, { password }],
    ["GET", `/api/v1/leads/${data[0].id}/access-file`, undefined],
    ["GET", "/api/v1/me/second-factor", undefined],
    ["PUT", "/api/v1/organization", { name: "Ann's", time_zone: "UTC" }],
  ] as const)
    expect((await ask(admin, method, path, body)).status, `${method} ${path}`).toBe(403);

  // What the organization is, which its owner corrects meanwhile.
  await admin.goto(`${product.url}/app/settings/organization`);
  await expect(admin.getByText("Europe/London")).toBeVisible();
  await expect(admin.getByRole("button", { name: "Change" })).toHaveCount(0);
  const facts = { name: "Fernhall Gardens", country: "GB", time_zone: "Europe/London" };
  expect((await ask(page, "PUT", "/api/v1/organization", facts)).status).toBe(204);
  await expect(admin.getByText("You look into Fernhall Gardens as support.")).toBeVisible();

  await page.goto(`${product.url}/app/leads`);
  await page.getByRole("button", { name: "End now" }).click();
  await expect(page.getByText("Support may look until")).toBeHidden();
  await expect(agent.getByText("Support may look until")).toBeHidden();
  // The open screen is told by its stream, and goes where it may be.
  await expect(admin).toHaveURL(`${product.url}/app/platform`);
  expect((await ask(admin, "GET", `/api/v1/leads/${data[0].id}`)).status).toBe(403);

  await page.goto(`${product.url}/app/settings/audit`);
  for (const act of [
    "Grant support access",
    "Look into the organization as support",
    "Read one lead with its submissions and timeline",
    "End support access",
  ])
    await expect(page.getByRole("button", { name: act }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Support (Ann)" }).first()).toBeVisible();
  await isAccessible(page);
});

test("at its hour support is out, also on a phone", async ({ page, product, browser }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const organization = await register(page, product);
  const { page: admin } = await makeAdmin(browser, product, true);
  await isAccessible(admin);
  await grant(page, product);
  await isAccessible(page);
  await admin.goto(`${product.url}/app/platform/organizations/${organization}`);
  await isAccessible(admin);
  await admin.getByRole("button", { name: "Look into Fernhall Homes" }).click();
  await expect(admin.getByText("You look into Fernhall Homes as support.")).toBeVisible();
  await isAccessible(admin);

  product.sql("UPDATE support_grants SET expires_at = 1");
  expect((await ask(admin, "GET", "/api/v1/leads")).status).toBe(403);
  await admin.goto(`${product.url}/app/leads`);
  await expect(admin).toHaveURL(`${product.url}/app/platform`);
  await page.reload();
  await expect(page.getByRole("button", { name: "Let support look" })).toBeVisible();
  for (const to of ["/health", "/mails", "/dead-letters"]) {
    await admin.goto(`${product.url}/app/platform${to}`);
    await expect(admin.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});

test("support asks, and an owner declines, then allows it", async ({ page, product, browser }) => {
  const organization = await register(page, product);
  const { page: admin } = await makeAdmin(browser, product);
  const ask = async (reason: string) => {
    await admin.goto(`${product.url}/app/platform/organizations/${organization}`);
    await admin.getByLabel("What do you need to look at?").fill(reason);
    await admin.getByRole("button", { name: "Ask the owners" }).click();
    await expect(admin.getByRole("button", { name: "Withdraw the request" })).toBeVisible();
  };
  await page.goto(`${product.url}/app/leads`);
  await isAtWork(page);
  await ask("Why the spring form brings nothing.");
  await isAccessible(admin);
  // Without a reload.
  await expect(page.getByText("Ann of support asks to look.")).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "Answer" }).click();
  await expect(page.getByText("Why the spring form brings nothing.")).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByRole("button", { name: "Let support look" })).toBeVisible();
  await admin.reload();
  await expect(admin.getByText(/^Declined on/)).toBeVisible();
  expect(product.admin("mails")).toContain("Fernhall Homes does not let support look");

  await ask("Once more: the spring form.");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("button", { name: "Decline" })).toBeVisible();
  await isAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByLabel("For", { exact: true }).selectOption({ label: "1 hour" });
  await page.getByRole("button", { name: "Allow for 1 hour" }).click();
  await expect(page.getByRole("button", { name: "End support access" })).toBeVisible();
  await admin.reload();
  await admin.getByRole("button", { name: "Look into Fernhall Homes" }).click();
  await expect(admin.getByText("You look into Fernhall Homes as support.")).toBeVisible();
});

test("what is turned off is refused and explained, and leads come in all the same", async ({ page, product, simulator, browser }) => {
  const organization = await register(page, product);
  const { page: admin } = await makeAdmin(browser, product);
  const key = await makeKey(page, ["read_leads"]);
  const asProgram = () =>
    fetch(`${product.url}/api/v1/leads`, { headers: { Authorization: `Bearer ${key}` } });
  expect((await asProgram()).status).toBe(200);

  await admin.getByRole("link", { name: "Features", exact: true }).click();
  await expect(admin.getByRole("switch", { name: "API keys, for everybody" })).toBeChecked();
  await isAccessible(admin);
  await admin.getByRole("switch", { name: "API keys, for everybody" }).click();
  await expect(admin.getByText("Off for everybody")).toBeVisible();
  await expect.poll(async () => (await asProgram()).status).toBe(403);
  expect((await (await asProgram()).json()).code).toBe("feature_off");
  await page.goto(`${product.url}/app/settings/keys`);
  await expect(page.getByText("Turned off by whoever runs this service")).toBeVisible();
  await expect(page.getByRole("button", { name: "New key" })).toBeHidden();
  await isAccessible(page);
  const metaPage = await simulator.firstPage();
  product.importPage(organization, metaPage);
  await simulator.sendLead({ full_name: "Ana Ruiz", email: "ana@example.com" });
  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByText("Ana Ruiz")).toBeVisible();

  // For this organization alone, on its page.
  await admin.goto(`${product.url}/app/platform/organizations/${organization}`);
  await admin.getByLabel("API keys").selectOption({ label: "On" });
  await expect.poll(async () => (await asProgram()).status).toBe(200);
  await isAccessible(admin);
  // A command is heard by the running server too.
  product.admin("set-feature", "--feature", "api_keys", "--state", "off", "--organization", organization);
  await expect.poll(async () => (await asProgram()).status, { timeout: 30_000 }).toBe(403);
  expect(product.admin("features")).toContain("off for Fernhall Homes");
});
