// Where somebody is signed in: seen, and ended from afar.
import type { Browser } from "@playwright/test";
import { isAccessible } from "./accessible";
import { expect, password, type Product, register, test } from "./product";

async function signInOnAPhone(browser: Browser, product: Product) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
  });
  const phone = await context.newPage();
  await phone.goto(`${product.url}/app/sign-in`);
  await phone.getByLabel("Work mail").fill("dana@fernhall.example");
  await phone.getByLabel("Password", { exact: true }).fill(password);
  await phone.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(phone.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  return phone;
}

test("a phone is signed out from the desk, and everything else at once", async ({ page, product, browser }) => {
  await register(page, product);
  const phone = await signInOnAPhone(browser, product);
  await phone.goto(`${product.url}/app/settings/profile`);
  await expect(phone.getByText("This device", { exact: true })).toBeVisible();
  await isAccessible(phone);

  await page.goto(`${product.url}/app/settings/profile`);
  await expect(page.getByText("Safari on iPhone")).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Sign out Safari on iPhone" }).click();
  await expect(page.getByText("Safari on iPhone")).toBeHidden();
  await phone.goto(`${product.url}/app/leads`);
  await expect(phone.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();

  const again = await signInOnAPhone(browser, product);
  await page.reload();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("Safari on iPhone")).toBeHidden();
  await again.goto(`${product.url}/app/leads`);
  await expect(again.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
  await page.reload();
  await expect(page.getByText("This device", { exact: true })).toBeVisible();
});

test("when one tab goes on in another organization, the others follow at once", async ({ page, product }) => {
  await register(page, product);
  await page.evaluate(async (password) => {
    await fetch("/api/v1/auth/register", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ organization_name: "Basalt Works", name: "Dana Whitlock", email: "dana@fernhall.example", password }),
    });
  }, password);
  const rail = (tab: typeof page, name: string) => tab.getByText(name, { exact: true }).first();
  await expect(rail(page, "Fernhall Homes")).toBeVisible();

  const other = await page.context().newPage();
  await other.goto(`${product.url}/app/leads`);
  await expect(rail(other, "Basalt Works")).toBeVisible();
  await expect(rail(page, "Basalt Works")).toBeVisible();

  await page.goto(`${product.url}/app/settings/people`);
  await other.getByRole("button", { name: /Dana Whitlock/ }).click();
  await other.getByRole("menuitemradio", { name: "Fernhall Homes" }).click();
  await expect(rail(other, "Fernhall Homes")).toBeVisible();
  await expect(rail(page, "Fernhall Homes")).toBeVisible();
  await expect(page.getByText("Basalt Works")).toHaveCount(0);
});
