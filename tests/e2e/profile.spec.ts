// What a person changes about themselves: name, phone, language and time zone, and the address,
// confirmed from the new one.
import type { Page } from "@playwright/test";
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

// Every screen that is walked through, at the width of a small phone: nothing sticks out.
async function fits(page: Page) {
  const outside = await page.evaluate(() => {
    // What scrolls sideways only, as a row of filters does, may be longer.
    const scrolls = (at: Element | null): boolean =>
      at !== null &&
      ((/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollHeight <= at.clientHeight) ||
        scrolls(at.parentElement));
    return [...document.querySelectorAll("h1, h2, h3, p, dd, a, button, input, select, search, label")]
      .filter((each) => !each.closest(".vh") && !scrolls(each.parentElement))
      .filter((each) => {
        const { left, right, width } = each.getBoundingClientRect();
        return width > 1 && (left < 0 || right > window.innerWidth);
      })
      .map((each) => each.outerHTML.slice(0, 120));
  });
  expect(outside, page.url()).toEqual([]);
}

test("language and time zone follow the person, at once and to another browser", async ({
  browser,
  page,
  product,
  simulator,
}) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana.lima@example.com" });
  const inList = page.getByRole("link", { name: "Ana Lima", exact: true });
  await inList.click();
  const sent = page.getByRole("complementary").locator("time").first();
  await expect(sent).toHaveAttribute("title", /(GMT|BST)$/);

  await page.goto(`${product.url}/app/settings/profile`);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await page.getByRole("button", { name: "Edit" }).click();
  await expect(page.getByLabel("Time zone")).toContainText("As on this device (Europe/London)");
  await page.getByLabel("Language").selectOption("Deutsch");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await isAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Ihr Profil" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await isAccessible(page);
  await page.getByRole("link", { name: "Leads", exact: true }).click();
  await inList.click();
  await expect(page.getByRole("heading", { name: "Verlauf" })).toBeVisible();
  await expect(sent).toHaveAttribute("title", /(GMT\+9|JST)$/);
  expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);
  await isAccessible(page);

  // Elsewhere, where the browser speaks English and the clock is New York's.
  const elsewhere = await browser.newContext({ locale: "en-US", timezoneId: "America/New_York" });
  const other = await elsewhere.newPage();
  await other.goto(`${product.url}/app/sign-in`);
  await other.getByLabel("Work mail").fill("dana@fernhall.example");
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.getByRole("link", { name: "Ana Lima", exact: true }).click();
  await expect(other.getByRole("heading", { name: "Verlauf" })).toBeVisible();
  await expect(other.getByRole("complementary").locator("time").first()).toHaveAttribute(
    "title",
    /(GMT\+9|JST)$/,
  );

  // Signed out, the browser's language counts again.
  await other.getByRole("button", { name: /Dana Whitlock/ }).click();
  await other.getByRole("menuitem", { name: "Abmelden" }).click();
  await expect(other.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
  await elsewhere.close();
});

test("a German browser reads German from the first moment, on a small phone too", async ({
  browser,
  product,
  simulator,
}) => {
  const phone = { locale: "de-DE", timezoneId: "Europe/Berlin", viewport: { width: 320, height: 640 } };
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  // Whatever was on screen at any time, however short.
  await context.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => seen.push(document.body?.innerText ?? "")).observe(document, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const english = () =>
    page.evaluate(() =>
      (window as unknown as { seen: string[] }).seen.filter((text) =>
        /Sign in|Password|No leads|Settings|Owner\b|Search\b/.test(text),
      ),
    );

  for (const door of ["sign-in", "new-password", "invitation", "register"]) {
    await page.goto(`${product.url}/app/${door}`);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    expect(await english()).toEqual([]);
    await fits(page);
    await isAccessible(page);
  }

  await page.getByLabel("Name der Organisation").fill("Fernhall Homes");
  await page.getByLabel("Ihr Name").fill("Dana Whitlock");
  await page.getByLabel("Berufliche E-Mail").fill("dana@fernhall.example");
  await page.getByLabel("Passwort", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Anlegen" }).click();
  await expect(page.getByText("Noch keine Leads")).toBeVisible();
  const me = await page.evaluate(() => fetch("/api/v1/me").then((answer) => answer.json()));
  product.importPage(me.organization.id, await simulator.firstPage());
  await simulator.sendLead({ full_name: "Maximiliane Freifrau von Droste", email: "m@example.com" });
  const inList = page.getByRole("link", { name: /Maximiliane/ });
  await expect(inList).toBeVisible();
  await fits(page);
  await inList.click();
  await expect(page.getByRole("heading", { name: "Verlauf" })).toBeVisible();
  await fits(page);
  await isAccessible(page);

  const parts = ["profile", "organization", "shift", "people", "plan", "sign-in", "keys", "audit", "privacy"];
  for (const part of [...parts.map((name) => `settings/${name}`), "sources", "sources?tab=forms"]) {
    await page.goto(`${product.url}/app/${part}`);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect(await english()).toEqual([]);
    await fits(page);
    if (part !== "settings/audit") continue;
    await page.getByRole("button", { name: "Einen Lead öffnen" }).first().click();
    await expect(page.getByLabel("Was", { exact: true })).toHaveValue("GET /api/v1/leads/{id}");
  }

  // What the server answers, and what it writes to somebody who has chosen no language.
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Bearbeiten" }).click();
  await page.getByLabel("Telefon").fill("123");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByText("Bitte geben Sie die Nummer mit Ländervorwahl an")).toBeVisible();
  await fits(page);
  await isAccessible(page);
  expect(product.admin("mails")).toContain("Ist das Ihre Adresse?");
  await context.close();
});
