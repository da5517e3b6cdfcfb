// The way into the settings and around in them, on a desktop and on a phone.
import { isAccessible } from "./accessible";
import { expect, register, test } from "./product";

test("settings: the list beside the chosen part", async ({ page, product }) => {
  await register(page, product);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL(/\/app\/settings\/profile$/);
  await expect(page.getByRole("link", { name: "Profile" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByText("dana@fernhall.example")).toBeVisible();
  await isAccessible(page);
});

test("settings on a phone: first the list, then one part, and back", async ({ page, product }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await register(page, product);
  await page.getByRole("button", { name: "Me" }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page.getByRole("link", { name: "Profile" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "Profile" }).click();
  await expect(page.getByRole("heading", { name: "Profile", exact: true })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("link", { name: "Profile" })).toBeVisible();
});
