// Who sees which leads, on several screens at once: a team lead hands them out live, and whoever is
// invited sees no more than was meant.
import type { Browser, Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { expect, password, type Product, register, test } from "./product";

const inList = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

// By the link that an owner copies, through the page it leads to.
async function join(browser: Browser, product: Product, owner: Page, name: string, role: string) {
  const email = `${name.toLowerCase()}@fernhall.example`;
  await owner.evaluate(
    ([to, as]) =>
      fetch("/api/v1/invitations", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ emails: [to], role: as }),
      }),
    [email, role] as const,
  );
  // The letter, which nobody gets here, has a link of its own: the copied one comes after it.
  await expect.poll(() => product.admin("mails")).toContain(email);
  const link = await owner.evaluate(async (to) => {
    const open = await (await fetch("/api/v1/invitations")).json();
    const mine = open.data.find((each: { email: string }) => each.email === to);
    const made = await fetch(`/api/v1/invitations/${mine.id}/link`, { method: "POST" });
    return (await made.json()).link as string;
  }, email);
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: /^(Join|Create|Accept|Make)/ }).click();
  return page;
}

async function isAtWork(page: Page) {
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
}

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
  const nia = await join(browser, product, page, "Nia", "agent");
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
