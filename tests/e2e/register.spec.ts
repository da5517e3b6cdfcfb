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

test("outside, a language is chosen and kept, and what the service promises is one step away", async ({
  page,
  product,
}) => {
  // Countries stand in another order then; the one that was found stays.
  await page.goto(`${product.url}/app/register`);
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(page.getByLabel("Land")).toHaveValue("GB");
  await page.getByLabel("Sprache").selectOption("English");
  await page.goto(`${product.url}/app/sign-in`);
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(page.getByRole("heading", { name: "Bei Lead CRM anmelden" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await isAccessible(page);
  const asked = page.waitForRequest((request) => request.url().endsWith("/api/v1/auth/register"));
  await page.goto(`${product.url}/app/register`);
  await expect(page.getByLabel("Sprache")).toHaveValue("de");
  for (const path of ["/terms", "/privacy", "/data-deletion"]) {
    const link = page.locator(`footer a[href="${path}"]`);
    await expect(link).toBeVisible();
    expect((await page.request.get(`${product.url}${path}`)).status()).toBe(200);
  }
  // What was typed stays while the terms are read.
  await page.getByLabel("Ihr Name").fill("Dana Whitlock");
  const terms = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Nutzungsbedingungen" }).first().click();
  await expect((await terms).getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByLabel("Ihr Name")).toHaveValue("Dana Whitlock");

  await page.setViewportSize({ width: 320, height: 640 });
  await isAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  // The foot lies below the form, however many lines it takes.
  const form = await page.getByRole("link", { name: "Anmelden", exact: true }).boundingBox();
  const foot = await page.locator("footer").boundingBox();
  expect(foot?.y).toBeGreaterThanOrEqual((form?.y ?? 0) + (form?.height ?? 0));
  await page.getByLabel("Name der Organisation").fill("Fernhall Homes");
  await page.getByLabel("Berufliche E-Mail").fill("dana@fernhall.example");
  await page.getByLabel("Passwort", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Anlegen" }).click();
  // Letters are written in the language that was chosen.
  expect((await (await asked).allHeaders())["accept-language"]).toBe("de");
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  await expect.poll(() => product.admin("mails")).toContain("Ist das Ihre Adresse?");
});
