// A second factor: set up in the profile, asked for at signing in, asked of everybody.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { codeOf, setUp } from "./authenticator";
import { expect, password, type Product, register, test } from "./product";

async function signIn(page: Page, product: Product, code: string) {
  await page.goto(`${product.url}/app/sign-in`);
  await page.getByLabel("Work mail").fill("dana@fernhall.example");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a second factor is set up, asked for at signing in, and turned off", async ({ page, product, browser }) => {
  await register(page, product);
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Set up" }).click();
  const { secret, recovery } = await setUp(page);
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();
  await isAccessible(page);

  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await signIn(phone, product, "000000");
  await expect(phone.getByLabel("Code", { exact: true })).toHaveAccessibleDescription(/This code is not right/);
  await isAccessible(phone);
  await phone.getByLabel("Code", { exact: true }).fill(codeOf(secret, 1));
  await phone.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(phone.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await signIn(other, product, recovery[0] ?? "");
  await expect(other.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText("9 recovery codes are left.")).toBeVisible();

  // A new password asks for it too, and what is not right is told at the field.
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByLabel("Present password", { exact: true }).fill(password);
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByLabel("New password", { exact: true }).fill("four old oaks stand");
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByLabel("Code", { exact: true })).toHaveAccessibleDescription(/This code is not right/);
  await isAccessible(page);
  await page.getByLabel("Code", { exact: true }).fill(recovery[1] ?? "");
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();

  await page.getByRole("button", { name: "Turn off" }).click();
  await page.getByLabel("Your password").fill("four old oaks stand");
  await page.getByLabel("Code", { exact: true }).fill(recovery[2] ?? "");
  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();
  expect(product.log()).not.toContain(secret.replaceAll(" ", ""));
});

test("an owner asks everybody for a second factor, after setting up their own", async ({ page, product }) => {
  await register(page, product);
  await page.goto(`${product.url}/app/settings/sign-in`);
  await expect(page.getByRole("switch", { name: "Everybody needs a second factor" })).toBeDisabled();
  await isAccessible(page);
  await page.getByRole("link", { name: "Profile" }).first().click();
  await page.getByRole("button", { name: "Set up" }).click();
  await setUp(page);
  await page.getByRole("link", { name: "Sign-in" }).click();
  await page.getByRole("switch", { name: "Everybody needs a second factor" }).click();
  await expect(page.getByRole("switch", { name: "Everybody needs a second factor" })).toBeChecked();
  await page.goto(`${product.url}/app/settings/profile`);
  await expect(page.getByText("Your organization asks for it")).toBeVisible();
  await expect(page.getByRole("button", { name: "Turn off" })).toBeHidden();
});
