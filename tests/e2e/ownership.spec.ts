// An organization goes from hand to hand, and a person who lost phone and codes gets in again.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { setUp } from "./authenticator";
import { expect, type Product, password, register, test } from "./product";

async function signIn(page: Page, product: Product, email: string) {
  await page.goto(`${product.url}/app/sign-in`);
  await page.getByLabel("Work mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

// By the link of the letter, which confirms the address. Nobody's mail server takes it here, so it
// is kept for the operator.
async function joinByLetter(page: Page, product: Product, owner: Page, email: string, name: string) {
  await owner.goto(`${product.url}/app/settings/people`);
  await owner.getByLabel("Work mail addresses").fill(email);
  await owner.getByRole("button", { name: "Invite 1 person" }).click();
  const link = () => product.admin("mails").match(new RegExp(`${product.url}/app/invitation#[\\w-]{43}`))?.[0] ?? "";
  await expect.poll(link).not.toBe("");
  await page.goto(link());
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Make an account and join" }).click();
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
}

test("an owner passes the organization on, and both sign in anew as what they have become", async ({ page, product, browser }) => {
  await register(page, product);
  await page.goto(`${product.url}/app/settings/people`);
  await page.getByRole("button", { name: "Pass on", exact: true }).click();
  await expect(page.getByText("Nobody here can take it over yet")).toBeVisible();

  const kim = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await joinByLetter(kim, product, page, "kim@fernhall.example", "Kim Osei");
  await page.reload();
  await page.getByRole("button", { name: "Pass on", exact: true }).click();
  const form = page.getByRole("form", { name: "Pass on this organization" });
  await isAccessible(page);
  await form.getByLabel("New owner").selectOption({ label: "Kim Osei" });
  await form.getByLabel("Your password", { exact: true }).fill("not my password");
  await form.getByRole("button", { name: "Pass on this organization" }).click();
  await expect(form.getByLabel("Your password", { exact: true })).toHaveAccessibleDescription(/./);
  await form.getByLabel("Your password", { exact: true }).fill(password);
  await form.getByRole("button", { name: "Pass on this organization" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();

  await kim.reload();
  await expect(kim.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
  await signIn(kim, product, "kim@fernhall.example");
  await expect(kim.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  await kim.goto(`${product.url}/app/settings/people`);
  await isAccessible(kim);
  expect(await kim.evaluate(async () => (await (await fetch("/api/v1/me")).json()).role)).toBe("owner");
  await signIn(page, product, "dana@fernhall.example");
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  expect(await page.evaluate(async () => (await (await fetch("/api/v1/me")).json()).role)).toBe("team_lead");
  for (const to of ["dana", "kim"]) expect(product.admin("mails")).toContain(`${to}@fernhall.example`);
});

test("the operator takes off the second factor of somebody who lost it", async ({ page, product }) => {
  await register(page, product);
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Set up" }).click();
  await setUp(page);
  // Whose it is has to be known: the address is confirmed first.
  expect(() => product.admin("reset-second-factor", "dana@fernhall.example")).toThrow(/has confirmed the address/);
  const link = () => product.admin("mails").match(new RegExp(`${product.url}/app/confirm-email#[\\w-]{43}`))?.[0] ?? "";
  await expect.poll(link).not.toBe("");
  await page.goto(link());
  await page.getByRole("button", { name: "Yes, it is mine" }).click();
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  expect(product.admin("reset-second-factor", "dana@fernhall.example")).toContain("It is off");
  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
  await signIn(page, product, "dana@fernhall.example");
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  await page.goto(`${product.url}/app/settings/profile`);
  await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();
});
