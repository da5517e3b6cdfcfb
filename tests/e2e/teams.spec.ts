// Who sees which leads, on several screens at once: a team lead hands them out live, and whoever is
// invited sees no more than was meant.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { setUp } from "./authenticator";
import { isAtWork, join } from "./colleagues";
import { expect, type Product, register, test } from "./product";

const inList = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

async function makeTeam(page: Page, product: Product, name: string, lead: string, members: string[]) {
  await page.goto(`${product.url}/app/settings/people`);
  await page.getByRole("button", { name: "New team" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(name);
  await form.getByRole("group", { name: "Led by" }).getByLabel(lead).check();
  for (const each of members) await form.getByRole("group", { name: "People" }).getByLabel(each).check();
  await isAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Led by ${lead}`)).toBeVisible();
}

test("a team lead gives leads away, and the screens of both agents change at once", async ({ browser, page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana@example.com" });
  await simulator.sendLead({ full_name: "Tom Reyes", email: "tom@example.com" });
  await expect(inList(page, "Tom Reyes")).toBeVisible();
  const tess = await join(browser, product, page, "Tess", "team_lead");
  const nia = await join(browser, product, page, "Nia", "agent");
  const sol = await join(browser, product, page, "Sol", "agent");
  for (const each of [tess, nia, sol]) await isAtWork(each);
  await makeTeam(page, product, "North", "Tess", ["Nia", "Sol"]);
  await isAccessible(page);
  await expect(page.getByText("those of North")).toBeVisible();

  // Picked with the keyboard, given to Nia from the menu.
  await expect(inList(tess, "Ana Lima")).toBeVisible();
  await tess.getByRole("row").filter({ hasText: "Ana Lima" }).getByRole("checkbox").check();
  await tess.getByRole("row").filter({ hasText: "Tom Reyes" }).click({ modifiers: ["Shift"] });
  await expect(tess.getByText("2 leads picked")).toBeVisible();
  await isAccessible(tess);
  await tess.keyboard.press("a");
  await tess.getByRole("menuitemradio", { name: "Nia" }).click();
  await expect(tess.getByText("2 leads given to Nia.")).toBeVisible();
  await expect(nia.getByRole("row").filter({ hasText: "Ana Lima" })).toContainText("Nia");
  await expect(inList(sol, "Ana Lima")).toHaveCount(0);

  // Away from Nia while she looks at it.
  await inList(nia, "Ana Lima").click();
  await expect(nia.getByRole("complementary", { name: "Ana Lima" })).toBeVisible();
  await inList(tess, "Ana Lima").click();
  await tess.getByRole("complementary").getByRole("button", { name: "Give to" }).click();
  await tess.getByRole("menuitemradio", { name: "Sol" }).click();
  await expect(inList(sol, "Ana Lima")).toBeVisible();
  await expect(inList(nia, "Ana Lima")).toHaveCount(0);
  await expect(nia.getByText("This lead is no longer here")).toBeVisible();
  await expect(inList(nia, "Tom Reyes")).toBeVisible();
  await isAccessible(nia);

  // And back, by undo.
  await tess.getByRole("button", { name: "Undo" }).last().click();
  await expect(inList(nia, "Ana Lima")).toBeVisible();
});

test("whoever is invited sets up a second factor where that is asked for, and sees own leads only", async ({ browser, page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana@example.com" });
  await simulator.sendLead({ full_name: "Tom Reyes", email: "tom@example.com" });
  await expect(inList(page, "Tom Reyes")).toBeVisible();
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Set up" }).click();
  await setUp(page);
  await page.goto(`${product.url}/app/settings/sign-in`);
  await page.getByRole("switch", { name: "Everybody needs a second factor" }).click();
  await expect(page.getByRole("switch", { name: "Everybody needs a second factor" })).toBeChecked();

  // Nothing else is shown before: not on the screen, and not to who asks the server.
  const nia = await join(browser, product, page, "Nia", "agent");
  await expect(nia.getByLabel("Your password")).toBeVisible();
  expect(await nia.evaluate(async () => (await fetch("/api/v1/leads")).status)).toBe(403);
  await setUp(nia);
  await isAtWork(nia);
  await expect(inList(nia, "Ana Lima")).toBeVisible();

  await page.goto(`${product.url}/app/settings/people`);
  await page.getByRole("button", { name: "Actions for Nia" }).click();
  await page.getByRole("menuitemradio", { name: "Own leads", exact: true }).click();
  await expect(page.getByText("Sees own leads", { exact: true })).toBeVisible();
  // On her open screen too.
  await expect(inList(nia, "Ana Lima")).toHaveCount(0);
  await page.goto(`${product.url}/app/leads`);
  await inList(page, "Tom Reyes").click();
  await page.getByRole("complementary").getByRole("button", { name: "Give to" }).click();
  await page.getByRole("menuitemradio", { name: "Nia" }).click();
  await expect(inList(nia, "Tom Reyes")).toBeVisible();
  await expect(inList(nia, "Ana Lima")).toHaveCount(0);
  const seen = await nia.evaluate(async () => (await fetch("/api/v1/leads?q=ana")).json());
  expect(seen.data).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" });

  test("teams fit the screen", async ({ browser, page, product }) => {
    await register(page, product);
    await join(browser, product, page, "Tess", "team_lead");
    await makeTeam(page, product, "North", "Tess", ["Dana Whitlock"]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await isAccessible(page);
  });
});
