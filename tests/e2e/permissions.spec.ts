// What an owner lets an agent see and do, on several screens at once: contacts that come with taking
// a lead, and leads that are deleted and restored.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { isAtWork, join } from "./colleagues";
import { expect, type Product, register, test } from "./product";

const inList = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const panel = (page: Page, name: string) => page.getByRole("complementary", { name });

// One of the switches in the menu of a person.
async function toggle(page: Page, product: Product, name: string, what: string) {
  await page.goto(`${product.url}/app/settings/people`);
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitemcheckbox", { name: what }).click();
}

const ana = {
  full_name: "Ana Lima",
  email: "ana.secret@example.com",
  phone_number: "+4915112345612",
  whatsapp_number: "+4915112345612",
};

test("an agent without contacts sees phone and mail with taking the lead, and no longer when it is given back", async ({ browser, page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  const nia = await join(browser, product, page, "Nia", "agent");
  await isAtWork(nia);
  await simulator.sendLead(ana);
  await expect(inList(nia, "Ana Lima")).toBeVisible();
  await inList(nia, "Ana Lima").click();
  await expect(panel(nia, "Ana Lima").getByRole("link", { name: /Call/ })).toBeVisible();

  // On her open screen, at once.
  await toggle(page, product, "Nia", "Sees phone and mail before taking a lead");
  await expect(page.getByText("sees phone and mail only after taking a lead")).toBeVisible();
  await isAccessible(page);
  await expect(panel(nia, "Ana Lima").getByText("+49 ••• ••12")).toBeVisible();
  await expect(panel(nia, "Ana Lima").getByRole("link", { name: /Call|WhatsApp|SMS|Mail/ })).toHaveCount(0);
  await expect(nia.locator("body")).not.toContainText("ana.secret");
  await expect(nia.locator("body")).not.toContainText("123456");
  await isAccessible(nia);

  // By name it is found, by its contact it is not.
  for (const [what, count] of [["ana", 1], ["ana.secret", 0], ["0151 123456", 0]] as const) {
    const found = await nia.evaluate(
      async (q) => (await (await fetch(`/api/v1/leads?q=${encodeURIComponent(q)}`)).json()).data.length,
      what,
    );
    expect(found, what).toBe(count);
  }
  // Nor does a lead that comes in just now tell it.
  await simulator.sendLead({ full_name: "Tom Reyes", email: "tom.secret@example.com" });
  await expect(inList(nia, "Tom Reyes")).toBeVisible();
  await expect(nia.locator("body")).not.toContainText("tom.secret");

  await panel(nia, "Ana Lima").getByRole("button", { name: "Take this lead to see the contact" }).click();
  await expect(panel(nia, "Ana Lima").getByRole("link", { name: /Call/ })).toHaveAttribute("href", "tel:+4915112345612");
  await expect(panel(nia, "Ana Lima").getByText("ana.secret@example.com").first()).toBeVisible();

  // Given back by the owner while she looks at it.
  await page.goto(`${product.url}/app/leads`);
  await inList(page, "Ana Lima").click();
  await expect(panel(page, "Ana Lima").getByRole("link", { name: /Call/ })).toBeVisible();
  await panel(page, "Ana Lima").getByRole("button", { name: "Give to" }).click();
  await page.getByRole("menuitemradio", { name: "Nobody yet" }).click();
  await expect(panel(nia, "Ana Lima").getByText("+49 ••• ••12")).toBeVisible();
  await expect(nia.locator("body")).not.toContainText("ana.secret");
});

test("an agent who may delete does, takes it back, and restores from the deleted leads; every screen follows", async ({ browser, page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  const nia = await join(browser, product, page, "Nia", "agent");
  const sol = await join(browser, product, page, "Sol", "agent");
  for (const each of [nia, sol]) await isAtWork(each);
  await simulator.sendLead(ana);
  await simulator.sendLead({ full_name: "Tom Reyes", email: "tom@example.com" });
  for (const each of [nia, sol]) await expect(inList(each, "Tom Reyes")).toBeVisible();

  // Not before an owner says so: not on the screen, and not to who asks the server.
  await inList(nia, "Ana Lima").click();
  await expect(panel(nia, "Ana Lima").getByRole("link", { name: /Call/ })).toBeVisible();
  await expect(nia.getByRole("button", { name: "More", exact: true })).toHaveCount(0);
  await expect(nia.getByRole("checkbox", { name: /^Pick/ })).toHaveCount(0);
  const refused = await nia.evaluate(async () => (await fetch("/api/v1/leads/deleted")).status);
  expect(refused).toBe(403);

  await toggle(page, product, "Nia", "May delete leads");
  await expect(page.getByText("may delete", { exact: false }).first()).toBeVisible();
  await page.goto(`${product.url}/app/leads`);

  // One, from its menu, and back by undo.
  await panel(nia, "Ana Lima").getByRole("button", { name: "More", exact: true }).click();
  await nia.getByRole("menuitem", { name: "Delete" }).click();
  await expect(nia.getByText("Ana Lima deleted.")).toBeVisible();
  for (const each of [nia, sol, page]) await expect(inList(each, "Ana Lima")).toHaveCount(0);
  await nia.getByRole("button", { name: "Undo" }).click();
  for (const each of [nia, sol, page]) await expect(inList(each, "Ana Lima")).toBeVisible();

  // Both, while the other agent looks at one of them.
  await inList(sol, "Tom Reyes").click();
  await expect(panel(sol, "Tom Reyes")).toBeVisible();
  for (const name of ["Ana Lima", "Tom Reyes"])
    await nia.getByRole("checkbox", { name: `Pick ${name}` }).check();
  await isAccessible(nia);
  await nia.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
  await expect(nia.getByText("2 leads deleted.")).toBeVisible();
  await expect(sol.getByText("This lead is no longer here")).toBeVisible();
  await expect(inList(page, "Tom Reyes")).toHaveCount(0);
  const found = await page.evaluate(async () => (await fetch("/api/v1/leads?q=reyes")).json());
  expect(found.data).toEqual([]);

  // Who comes again is somebody new.
  await simulator.sendLead({ full_name: "Tom Reyes", email: "tom@example.com" });
  await expect(inList(sol, "Tom Reyes")).toBeVisible();

  await nia.goto(`${product.url}/app/settings/deleted`);
  await expect(nia.getByText("can be restored for 30 days")).toBeVisible();
  await expect(nia.getByText(/Deleted by Nia/).first()).toBeVisible();
  await isAccessible(nia);
  await nia.getByRole("button", { name: "Restore Ana Lima" }).click();
  await expect(nia.getByText("Ana Lima restored.")).toBeVisible();
  await expect(nia.getByRole("button", { name: "Restore Ana Lima" })).toHaveCount(0);
  for (const each of [sol, page]) await expect(inList(each, "Ana Lima")).toBeVisible();
  await inList(page, "Ana Lima").click();
  await expect(panel(page, "Ana Lima").getByText("restored it").first()).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" });

  test("the switches fit the screen", async ({ browser, page, product }) => {
    await register(page, product);
    await join(browser, product, page, "Nia", "agent");
    await page.goto(`${product.url}/app/settings/people`);
    await page.getByRole("button", { name: "Actions for Nia" }).click();
    await expect(page.getByRole("menuitemcheckbox", { name: "May export leads" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await isAccessible(page);
  });

  test("a lead is deleted and restored with one hand", async ({ page, product, simulator }) => {
    product.importPage(await register(page, product), await simulator.firstPage());
    await simulator.sendLead(ana);
    await inList(page, "Ana Lima").click();
    await panel(page, "Ana Lima").getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByText("Ana Lima deleted.")).toBeVisible();
    await expect(inList(page, "Ana Lima")).toHaveCount(0);
    await page.goto(`${product.url}/app/settings/deleted`);
    await expect(page.getByRole("button", { name: "Restore Ana Lima" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await isAccessible(page);
    await page.getByRole("button", { name: "Restore Ana Lima" }).click();
    await expect(page.getByText("Nothing is deleted")).toBeVisible();
  });
});
