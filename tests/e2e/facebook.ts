// The way through the simulated Facebook's own dialog.
import type { Page } from "@playwright/test";
import { expect, type Product, register } from "./product";

export async function goToFacebook(page: Page, product: Product) {
  await register(page, product);
  await page.getByRole("link", { name: "Sources" }).first().click();
  await page.getByRole("link", { name: "Connect Facebook" }).click();
  await expect(page.getByRole("heading", { name: "Simulated Facebook" })).toBeVisible();
}

export async function connectAll(page: Page, product: Product) {
  await goToFacebook(page, product);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: /^Connect \d+ pages?/ }).click();
  await page.getByRole("link", { name: "Later" }).click();
  await expect(page.getByRole("button", { name: "Send a test lead" })).toBeVisible();
}
