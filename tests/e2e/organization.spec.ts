// What the organization was registered with, corrected by its owner, on every screen that shows it.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { isAtWork, join } from "./colleagues";
import { expect, password, register, test } from "./product";

const fact = (page: Page, name: string) =>
  page.getByRole("main").locator("dl > dt", { hasText: name }).locator("+ dd");

test("an owner corrects name, country and time zone, and every open screen follows", async ({ browser, page, product }) => {
  await register(page, product);
  const nia = await join(browser, product, page, "Nia", "agent");
  await isAtWork(nia);
  await expect(nia.getByTitle("Fernhall Homes")).toBeVisible();
  await nia.evaluate(() => Object.assign(window, { notReloaded: true }));

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "Organization" }).click();
  await expect(fact(page, "Name")).toHaveText("Fernhall Homes");
  await expect(fact(page, "Country")).toContainText("United Kingdom");
  await isAccessible(page);

  // With the keyboard alone, and first a change of mind.
  const change = page.getByRole("button", { name: "Change" });
  await change.press("Enter");
  await expect(page.getByLabel("Name")).toBeFocused();
  await isAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(change).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("   ");
  await page.getByLabel("Country").selectOption("Germany");
  await page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await expect(page.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await isAccessible(page);
  await page.getByLabel("Name").fill("Fernhall & Daughters");
  await page.keyboard.press("Enter");

  await expect(fact(page, "Name")).toHaveText("Fernhall & Daughters");
  await expect(fact(page, "Country")).toContainText("Germany");
  await expect(fact(page, "Time zone")).toContainText("Europe/Berlin");
  await expect(change).toBeFocused();
  for (const each of [page, nia])
    await expect(each.getByTitle("Fernhall & Daughters")).toContainText("Fernhall & Daughters");
  expect(await nia.evaluate(() => "notReloaded" in window)).toBe(true);

  // Not the agent's to change, nor shown to them.
  await nia.getByRole("link", { name: "Settings" }).click();
  await expect(nia.getByRole("link", { name: "Profile" })).toBeVisible();
  await expect(nia.getByRole("link", { name: "Organization" })).toHaveCount(0);

  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("button", { name: "Change the organization's name, country and time zone" }).first()).toBeVisible();

  // A number without a country code is one of the new country.
  await page.getByRole("link", { name: "Profile" }).click();
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Phone").fill("0151 12345612");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("+4915112345612")).toBeVisible();
});

test("on a dark phone: no country, and the deletion asks for the new name", async ({ page, product }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await register(page, product);
  await page.goto(`${product.url}/app/settings`);
  await page.getByRole("link", { name: "Organization" }).click();
  await isAccessible(page);
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Name").fill("Fernhall Gärten");
  await page.getByLabel("Country").selectOption("None");
  await isAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(fact(page, "Country")).toContainText("None");
  await isAccessible(page);

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "Privacy & deletion" }).click();
  await page.getByRole("button", { name: "Delete the organization …" }).click();
  await page.getByLabel("Type Fernhall Gärten").fill("Fernhall Homes");
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Order the deletion" }).click();
  await expect(page.getByText("This is not the name of the organization.")).toBeVisible();
  await page.getByLabel("Type Fernhall Gärten").fill("Fernhall Gärten");
  await page.getByRole("button", { name: "Order the deletion" }).click();
  await expect(page.getByText("This organization will be deleted in 6 days 23 hours.")).toBeVisible();
});
