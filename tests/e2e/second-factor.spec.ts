// A second factor: set up in the profile, asked for at signing in, asked of everybody.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { expect, password, type Product, register, test } from "./product";

// What an authenticator app does (RFC 6238). `later`: steps of 30 seconds.
function codeOf(secret: string, later = 0) {
  const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((sign) => signs.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", key).update(step).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function setUp(page: Page) {
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("img", { name: "QR code for an authenticator app" })).toBeVisible();
  await isAccessible(page);
  const secret = (await page.locator("code").textContent()) ?? "";
  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expect(page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  await isAccessible(page);
  const recovery = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
  await page.getByRole("button", { name: "I have kept them" }).click();
  return { secret, recovery };
}

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

  await page.getByRole("button", { name: "Turn off" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByLabel("Code", { exact: true }).fill(recovery[1] ?? "");
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
