// An organization sets up a Meta app of its own and connects its pages through it, on a server that
// has no app for everybody.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { expect, register, type Product, type Simulator, test } from "./product";

const own = { app_id: "777000000000001", app_secret: "a-secret-of-fernhall-only" };

async function setUpApp(page: Page, product: Product, simulator: Simulator) {
  await simulator.control("POST", "apps", own);
  await register(page, product);
  await page.getByRole("link", { name: "Sources" }).first().click();
  await page.getByRole("link", { name: "I have my own Meta app" }).click();
  await page.getByLabel("App id").fill(own.app_id);
  await page.getByLabel("App secret").fill(own.app_secret);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Set up the webhook at Meta" }).click();
  await expect(page.getByText("Meta verified the address")).toBeVisible();
}

async function connectAll(page: Page) {
  await page.getByRole("link", { name: "Connect Facebook", exact: true }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: /^Connect \d+ pages?/ }).click();
  await page.getByRole("link", { name: "Later" }).click();
  await expect(page.getByRole("button", { name: "Send a test lead" })).toBeVisible();
}

test.use({ hasPlatformApp: false });

test("an organization connects its pages through its own Meta app, and a signed lead arrives", async ({
  page,
  product,
  simulator,
}) => {
  await setUpApp(page, product, simulator);
  await expect(page.getByText(`${product.url}/webhooks/meta/${own.app_id}`)).toBeVisible();
  await expect(page.getByText(`${product.url}/meta/data-deletion/${own.app_id}`)).toBeVisible();
  await isAccessible(page);

  await connectAll(page);
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana@example.com" });
  await page.getByRole("link", { name: "Leads", exact: true }).first().click();
  await expect(page.getByRole("link", { name: "Ana Lima", exact: true })).toBeVisible();
  expect(product.log()).not.toContain(own.app_secret);

  // Taking the app away says what it means for the pages, and does it.
  await page.goto(`${product.url}/app/sources?app=own`);
  await page.getByRole("button", { name: "Stop using this app" }).click();
  const question = page.getByRole("dialog");
  await expect(question).toContainText("2 pages are connected through it");
  await isAccessible(page);
  await question.getByRole("button", { name: "Stop using this app" }).click();
  await expect(page.getByRole("button", { name: "Set up the webhook at Meta" })).toHaveCount(0);
  await page.goto(`${product.url}/app/sources`);
  await expect(page.getByText("Leads do not come in").first()).toBeVisible();
});

test("keys that do not belong together are found out before anything is connected", async ({
  page,
  product,
  simulator,
}) => {
  await simulator.control("POST", "apps", own);
  await register(page, product);
  await page.goto(`${product.url}/app/sources?app=own`);
  await page.getByLabel("App id").fill(own.app_id);
  await page.getByLabel("App secret").fill("some-other-secret-of-somebody");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Facebook does not accept this app id with this secret")).toBeVisible();
  await isAccessible(page);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the app can be set up", async ({ page, product, simulator }) => {
    await setUpApp(page, product, simulator);
    await isAccessible(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
