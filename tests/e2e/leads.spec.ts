// The main job, end to end, as the people see it: a lead sent from a form appears on the screen.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { expect, password, register, test } from "./product";

// Forms ask for the number under either name.
const number = (phone: string) => ({ phone_number: phone, whatsapp_number: phone });
const ana = { full_name: "Ana Lima", email: "Ana.Lima@example.com", ...number("+447700900318") };
const tom = { full_name: "Tom Reyes", email: "tom@example.com", ...number("+447700900111") };

// The lead in the list: its name also stands in its answers and in the open panel.
const inList = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

test("a lead appears in the open list without reloading", async ({ page, product, simulator }) => {
  const organization = await register(page, product);
  await expect(page.getByText("No leads yet")).toBeVisible();
  await isAccessible(page);

  product.importPage(organization, await simulator.firstPage());
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await simulator.sendLead(ana, { platform: "ig", organic: false });

  await expect(inList(page, "Ana Lima")).toBeVisible();
  expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);
  await isAccessible(page);

  await inList(page, "Ana Lima").click();
  const panel = page.getByRole("complementary", { name: "Ana Lima" });
  await expect(panel.getByRole("textbox", { name: "Mail" })).toHaveValue("ana.lima@example.com");
  await expect(panel.getByText("On screen")).toBeVisible();
  await isAccessible(page);

  // Neither the page's token nor the person is in the log.
  const { token } = await simulator.firstPage();
  expect(product.log()).not.toContain(token);
  expect(product.log()).not.toContain("700900318");
  expect(product.log().toLowerCase()).not.toContain("ana.lima@");
});

test("the same person's second form is one lead that came back", async ({ page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead(ana);
  await expect(inList(page, "Ana Lima")).toBeVisible();
  await simulator.sendLead({ ...ana, email: "other@example.com" });
  await expect(page.getByText("Came back").first()).toBeVisible();
  await expect(inList(page, "Ana Lima")).toHaveCount(1);
});

test("a stage moved on one screen moves on the other", async ({ browser, page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead(ana);
  await inList(page, "Ana Lima").click();

  const other = await browser.newPage();
  await other.goto(`${product.url}/app/sign-in`);
  await other.getByLabel("Work mail").fill("dana@fernhall.example");
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  const row = other.getByRole("row").filter({ hasText: "Ana Lima" });
  await expect(row).toContainText("New");

  await page.keyboard.press("2");
  await expect(row).toContainText("Contacted");
  await expect(page.getByText("Ana Lima moved to Contacted")).toBeVisible();
  await other.close();
});

test("answers are shown as they came, whatever they contain", async ({ page, product, simulator }) => {
  const alerts: string[] = [];
  page.on("dialog", (dialog) => void alerts.push(dialog.message()) || dialog.dismiss());
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead({ ...ana, full_name: "<img src=x onerror=alert(1)> محمد 😀" });
  await expect(page.getByText("<img src=x onerror=alert(1)> محمد 😀").first()).toBeVisible();
  expect(alerts).toEqual([]);
});

test("the filter is in the address and survives a reload", async ({ page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead(ana, { platform: "ig" });
  await simulator.sendLead(tom, { platform: "fb" });
  await expect(inList(page, "Tom Reyes")).toBeVisible();

  await page.goto(`${product.url}/app/leads?source=ig`);
  await expect(inList(page, "Ana Lima")).toBeVisible();
  await expect(inList(page, "Tom Reyes")).toHaveCount(0);

  await page.goto(`${product.url}/app/leads?q=reyes`);
  await expect(inList(page, "Tom Reyes")).toBeVisible();
  await expect(inList(page, "Ana Lima")).toHaveCount(0);
});

test("the stream goes on after the server was away", async ({ page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead(ana);
  await expect(inList(page, "Ana Lima")).toBeVisible();

  await product.program?.stop();
  await simulator.sendLead(tom);
  await product.startAgain();
  await simulator.control("POST", "webhook/hurry");
  await expect(inList(page, "Tom Reyes")).toBeVisible({ timeout: 30_000 });
});

test("signing out ends the session, and a wrong password says so kindly", async ({ page, product }) => {
  await register(page, product);
  await page.getByRole("button", { name: /Dana Whitlock/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
  await isAccessible(page);

  await page.getByLabel("Work mail").fill("dana@fernhall.example");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("do not belong together")).toBeVisible();
  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" });

  test("a lead arrives, opens, and can be called", async ({ page, product, simulator }) => {
    product.importPage(await register(page, product), await simulator.firstPage());
    await simulator.sendLead(ana);
    await inList(page, "Ana Lima").tap();
    await expect(page.getByRole("link", { name: "Call" })).toHaveAttribute("href", "tel:+447700900318");
    await isAccessible(page);
    // What is wider than the screen widens the window of a phone with it, so the screen is the measure.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
