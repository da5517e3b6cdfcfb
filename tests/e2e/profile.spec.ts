// What a person changes about themselves: name, phone, and the address, confirmed from the new one.
import { isAccessible } from "./accessible";
import { expect, password, type Product, register, test } from "./product";

const newAddress = (product: Product) =>
  product.admin("mails").match(new RegExp(`${product.url}/app/new-address#[\\w-]{43}`))?.[0] ?? "";

test("name, phone and address are changed in the profile", async ({ page, product }) => {
  await register(page, product);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Name").fill("Dana W.");
  await page.getByLabel("Phone").fill("+44 20 7946 0958");
  await isAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("+442079460958")).toBeVisible();

  await page.getByRole("button", { name: "Change address" }).click();
  await page.getByLabel("New address").fill("dana.w@fernhall.example");
  await page.getByLabel("Your password").fill(password);
  await isAccessible(page);
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(page.getByText("dana.w@fernhall.example takes its place")).toBeVisible();
  await isAccessible(page);

  await expect.poll(() => newAddress(product)).not.toBe("");
  await page.goto(newAddress(product));
  await isAccessible(page);
  await page.getByRole("button", { name: "Yes, use this address" }).click();
  await expect(page.getByRole("heading", { name: "Your address is changed" })).toBeVisible();
  await page.goto(`${product.url}/app/settings/profile`);
  await expect(page.getByText("dana.w@fernhall.example")).toBeVisible();
  await expect(page.getByText("Not confirmed yet")).toBeHidden();
});
