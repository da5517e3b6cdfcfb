// A new organization, from the page of a stranger to the list of its leads.
import { isAccessible } from "./accessible";
import { expect, password, test } from "./product";

test("somebody registers an organization and is at work", async ({ page, product }) => {
  await page.goto(`${product.url}/app/register`);
  // Where the browser is tells country and time zone.
  await expect(page.getByLabel("Country")).toHaveValue("GB");
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/London");
  await isAccessible(page);

  await page.getByLabel("Name of the organization").fill("Fernhall Homes");
  await page.getByLabel("Your name").fill("Dana Whitlock");
  await page.getByLabel("Work mail").fill("dana@fernhall.example");
  await page.getByLabel("Password", { exact: true }).fill("password1");
  await page.getByRole("button", { name: "Start" }).click();
  const field = page.getByLabel("Password", { exact: true });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toBeFocused();

  await field.fill(password);
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  const me = await page.evaluate(() => fetch("/api/v1/me").then((answer) => answer.json()));
  expect(me).toMatchObject({
    user: { name: "Dana Whitlock", email: "dana@fernhall.example" },
    organization: { name: "Fernhall Homes", country: "GB", time_zone: "Europe/London" },
    role: "owner",
  });
});
