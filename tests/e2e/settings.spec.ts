// The way into the settings and around in them, on a desktop and on a phone; what the operator
// decides about the organization.
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

test("a plan is set by the operator, seen by the owner, who asks for another", async ({ page, product }) => {
  const organization = await register(page, product);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "Plan" }).click();
  await expect(page.getByText("Nothing limits this organization.")).toBeVisible();

  product.admin("set-plan", "--organization", organization, "--plan", "free");
  product.admin("make-sample-leads", "--organization", organization, "--count", "20000");
  await page.reload();
  await expect(page.getByText("Your plan is outgrown").first()).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Ask for Team" }).click();
  await expect(page.getByText("has your wish")).toBeVisible();
  expect(product.admin("organizations")).toMatch(/free +team/);

  product.admin("set-plan", "--organization", organization, "--plan", "business");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Your plan: Business" })).toBeVisible();
  await expect(page.getByText("Your plan is outgrown")).toBeHidden();
});

test("a suspended organization shows why, and its owner takes everything out", async ({ page, product }) => {
  const organization = await register(page, product);
  product.admin("suspend", "--organization", organization, "--reason", "The invoice of October is open.");
  await page.reload();
  await expect(page.getByText("The invoice of October is open.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Fernhall Homes is suspended" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Export everything" }).click();
  await expect(page.getByRole("link", { name: "Download" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete the organization …" })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await isAccessible(page);
  product.admin("restore", "--organization", organization, "--reason", "It was paid.");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
});
