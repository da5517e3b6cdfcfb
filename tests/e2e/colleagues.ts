// Others of the organization, each in a browser of their own.
import type { Browser, Page } from "@playwright/test";
import { expect, password, type Product } from "./product";

// By the link that an owner copies, through the page it leads to.
export async function join(browser: Browser, product: Product, owner: Page, name: string, role: string) {
  const email = `${name.toLowerCase()}@fernhall.example`;
  await owner.evaluate(
    ([to, as]) =>
      fetch("/api/v1/invitations", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ emails: [to], role: as }),
      }),
    [email, role] as const,
  );
  // The letter, which nobody gets here, has a link of its own: the copied one comes after it.
  await expect.poll(() => product.admin("mails")).toContain(email);
  const link = await owner.evaluate(async (to) => {
    const open = await (await fetch("/api/v1/invitations")).json();
    const mine = open.data.find((each: { email: string }) => each.email === to);
    const made = await fetch(`/api/v1/invitations/${mine.id}/link`, { method: "POST" });
    return (await made.json()).link as string;
  }, email);
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: /^(Join|Create|Accept|Make)/ }).click();
  return page;
}

export async function isAtWork(page: Page) {
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
}
