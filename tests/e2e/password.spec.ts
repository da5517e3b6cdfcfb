// A forgotten password, from the sign-in page over the letter to a new one; and a change of it.
import { isAccessible } from "./accessible";
import { expect, password, type Product, register, test } from "./product";

const newest = (product: Product, page: string) =>
  product.admin("mails").match(new RegExp(`${product.url}/app/${page}#[\\w-]{43}`))?.[0] ?? "";

const other = "four old oaks stand";

test("a forgotten password: link by mail, new password, and the old sessions are over", async ({ page, product, browser }) => {
  await register(page, product);
  await expect.poll(() => newest(product, "confirm-email")).not.toBe("");
  await page.goto(newest(product, "confirm-email"));
  await page.getByRole("button", { name: "Yes, it is mine" }).click();
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();

  const elsewhere = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await elsewhere.goto(`${product.url}/app/sign-in`);
  await elsewhere.getByRole("link", { name: "Forgot your password?" }).click();
  // The sign-in page has a field of the same name.
  await expect(elsewhere.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await isAccessible(elsewhere);
  await elsewhere.getByLabel("Work mail").fill("dana@fernhall.example");
  await elsewhere.getByRole("button", { name: "Send me a link" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
  await isAccessible(elsewhere);

  await expect.poll(() => newest(product, "new-password")).not.toBe("");
  const address = newest(product, "new-password");
  await elsewhere.goto(address);
  const field = elsewhere.getByLabel("New password", { exact: true });
  await field.fill("password123");
  await expect(elsewhere.getByText("Easy to guess")).toBeVisible();
  await elsewhere.getByRole("button", { name: "Set the password" }).click();
  await expect(field).toHaveAccessibleDescription(/among the first that are tried/);
  await isAccessible(elsewhere);
  await field.fill(other);
  await elsewhere.getByRole("button", { name: "Set the password" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  await isAccessible(elsewhere);

  await elsewhere.getByRole("link", { name: "Sign in" }).click();
  await elsewhere.getByLabel("Work mail").fill("dana@fernhall.example");
  await elsewhere.getByLabel("Password", { exact: true }).fill(other);
  await elsewhere.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(elsewhere.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();

  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
  await expect.poll(() => product.admin("mails")).toContain("Your password was changed");
  expect(product.log()).not.toContain(address.split("#")[1]);
});

test("the password is changed in the profile, with the old one", async ({ page, product }) => {
  await register(page, product);
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByLabel("Present password").fill("not the password");
  await page.getByLabel("New password", { exact: true }).fill(other);
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByLabel("Present password")).toHaveAccessibleDescription(/not your present password/);
  await isAccessible(page);
  await page.getByLabel("Present password").fill(password);
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Change password" })).toBeVisible();
});
