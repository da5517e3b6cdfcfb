// Taking everything out, in a file.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAccessible } from "./accessible";
import { expect, register, test } from "./product";

test("an owner exports everything and fetches the file", async ({ page, product }) => {
  const organization = await register(page, product);
  product.admin("make-sample-leads", "--organization", organization, "--count", "500");
  await page.goto(`${product.url}/app/settings/privacy`);
  await expect(page.getByText("No export was made yet.")).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Export everything" }).click();
  await expect(page.getByText("Ready")).toBeVisible();
  await isAccessible(page);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^organization-\d{4}-\d\d-\d\d\.zip$/);
  const bytes = readFileSync(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
  const sum = createHash("sha256").update(bytes).digest("hex");
  await expect(page.getByText(sum)).toBeVisible();

  // The address alone opens nothing.
  const address = new URL(download.url());
  expect((await fetch(address)).status).toBe(401);
});
