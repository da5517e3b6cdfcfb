// The audit log: what was done stands in it, is narrowed to what is looked for, and is kept as long
// as an owner says.
import { isAccessible } from "./accessible";
import { expect, makeKey, register, test } from "./product";

test("an owner sees who did what and narrows it to a key", async ({ page, product, request }) => {
  await register(page, product);
  const key = await makeKey(page, ["write_sources"]);
  const made = await request.post(`${product.url}/api/v1/fields`, {
    headers: { Authorization: `Bearer ${key}` },
    data: { label: "Plan of somebody", type: "text" },
  });
  expect(made.status()).toBe(201);

  await page.goto(`${product.url}/app/settings/audit`);
  const lines = page.getByRole("listitem").filter({ hasText: "127.0.0.1" });
  await expect(lines).toHaveCount(3);
  await expect(lines.nth(0)).toContainText("Journey");
  await expect(lines.nth(0)).toContainText("Make a field");
  await expect(lines.nth(0)).toContainText("Plan of somebody");
  await expect(lines.nth(1)).toContainText("Make an API key");
  await expect(lines.nth(2)).toContainText("Register an organization with its owner");
  await isAccessible(page);

  await lines.nth(0).getByRole("button", { name: "Journey" }).click();
  await expect(page).toHaveURL(/key=key_/);
  await expect(lines).toHaveCount(1);
  await isAccessible(page);

  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "As CSV" }).click();
  expect((await file).suggestedFilename()).toBe("audit-log.csv");

  await page.getByLabel("Until").fill("2020-01-01");
  await expect(page.getByText("Nothing like that")).toBeVisible();
  await isAccessible(page);

  await page.getByLabel("Keep the log for").selectOption({ label: "90 days" });
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto(`${product.url}/app/settings/audit`);
  await expect(page.getByLabel("Keep the log for")).toHaveValue("90");
  await expect(lines.nth(0)).toContainText("Say how long the audit log is kept");
  await expect(lines.nth(1)).toContainText("Fetch the audit log as a file");

  await page.getByLabel("Who", { exact: true }).selectOption({ label: "Dana Whitlock" });
  await expect(page).toHaveURL(/person=user_/);
  await expect(lines.filter({ hasText: "Make a field" })).toHaveCount(0);
  await page.getByLabel("What", { exact: true }).selectOption({ label: "Make an API key" });
  await expect(lines).toHaveCount(1);
  await page.getByLabel("Who", { exact: true }).selectOption({ label: "Everybody" });
  await expect(lines).toHaveCount(1);
  await isAccessible(page);
});

test("the audit log on a phone", async ({ page, product }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await register(page, product);
  await page.goto(`${product.url}/app/settings/audit`);
  await expect(page.getByRole("button", { name: "Register an organization with its owner" })).toBeVisible();
  await isAccessible(page);
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/audit-phone.png` });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
