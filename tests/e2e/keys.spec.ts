// API keys: made and shown once, used by a program, revoked.
import { isAccessible } from "./accessible";
import { expect, register, test } from "./product";

test("an owner makes a key, a program uses it, and a revoked one opens nothing", async ({
  page,
  product,
  request,
}) => {
  await register(page, product);
  await page.goto(`${product.url}/app/settings/keys`);
  await expect(page.getByText("No keys yet")).toBeVisible();
  await isAccessible(page);

  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("What is it for?").fill("Warehouse");
  await page.getByLabel("Only from these addresses").fill("127.0.0.1\n10.0.0.0/33");
  await isAccessible(page);
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByText(/Please give addresses or networks/)).toBeVisible();
  await page.getByLabel("Only from these addresses").fill("127.0.0.1");
  await page.getByRole("button", { name: "Make the key" }).click();

  const dialog = page.getByRole("dialog", { name: "The key for Warehouse" });
  const key = await dialog.locator("code").innerText();
  expect(key).toMatch(/^lcrm_[\w-]{43}$/);
  await isAccessible(page);
  await dialog.getByRole("button", { name: "I have kept it" }).click();
  await expect(page.getByText("Never used")).toBeVisible();
  expect(await page.content()).not.toContain(key);

  const ask = (method: string, path: string) =>
    request.fetch(`${product.url}${path}`, { method, headers: { Authorization: `Bearer ${key}` } });
  const leads = await ask("GET", "/api/v1/leads");
  expect(leads.status()).toBe(200);
  expect(leads.headers()["ratelimit-policy"]).toBe('"key";q=600;w=60');
  expect((await ask("GET", "/api/v1/keys")).status()).toBe(403);

  // Written beside the answer to the program, so it may not be there at once.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/Last used/)).toBeVisible({ timeout: 2000 });
  }).toPass();
  await isAccessible(page);
  await page.getByRole("button", { name: "Revoke Warehouse" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("The key for Warehouse is revoked.")).toBeVisible();
  expect((await ask("GET", "/api/v1/leads")).status()).toBe(401);
});

test("keys on a phone", async ({ page, product }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await register(page, product);
  await page.goto(`${product.url}/app/settings`);
  await page.getByRole("link", { name: "API keys" }).click();
  await page.getByRole("button", { name: "New key" }).click();
  await expect(page.getByLabel("What is it for?")).toBeVisible();
  await isAccessible(page);
});
