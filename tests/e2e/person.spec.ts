// What a person may ask for: what they agreed to, everything that is kept, and an end of it; and for
// how long leads are kept.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { expect, type Product, password, register, type Simulator, test } from "./product";

const ana = { full_name: "Ana Zanzibarella", email: "ana.zanzibarella@example.com", phone_number: "+4915112345678" };
const ben = { full_name: "Ben Stays", email: "ben@example.com", phone_number: "+4915112345679" };

const inList = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

async function withTwoLeads(page: Page, product: Product, simulator: Simulator) {
  const organization = await register(page, product);
  product.importPage(organization, await simulator.firstPage());
  // The German form has boxes to tick.
  const form = (await simulator.firstPage()).forms.find(({ name }) => name.startsWith("Fenster"));
  await simulator.sendLead(ana, { form_id: form?.id });
  await simulator.sendLead(ben, { form_id: form?.id });
  await expect(inList(page, "Ana Zanzibarella")).toBeVisible();
  await expect(inList(page, "Ben Stays")).toBeVisible();
  return organization;
}

// Every byte in the data folder: database, its log, exports.
function kept(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

test("the panel says what was agreed to; the access file holds it, and everything else", async ({ page, product, simulator }) => {
  await withTwoLeads(page, product, simulator);
  await inList(page, "Ana Zanzibarella").click();
  const panel = page.getByRole("complementary", { name: "Ana Zanzibarella" });
  await expect(panel.getByRole("heading", { name: "Consent" })).toBeVisible();
  await expect(panel.getByText(/Version 1 of the form/)).toBeVisible();
  await expect(panel.getByText("Einwilligung", { exact: true })).toBeVisible();
  await expect(panel.getByRole("link", { name: "Datenschutz" })).toHaveAttribute("href", "https://example.com/datenschutz");
  const boxes = panel.getByRole("list", { name: "Consent" }).getByRole("listitem");
  await expect(boxes.first()).toHaveText("Agreed: Ich bin mit einem Anruf einverstanden.");
  await isAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    panel.getByRole("link", { name: "Access file" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^person-lead_\w+\.zip$/);
  const zip = await download.path();
  const part = (name: string) =>
    execFileSync("python3", ["-c", "import sys,zipfile;sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))", zip, name], {
      encoding: "utf8",
    });
  const told = JSON.parse(part("person.json"));
  expect(told.lead.email).toBe(ana.email);
  expect(told.lead.submissions).toHaveLength(1);
  expect(told.forms[0].form_id).toBe(told.lead.submissions[0].form_id);
  expect(JSON.stringify(told.originals)).toContain(ana.full_name);
  expect(told.deliveries).toHaveLength(1);
  expect(JSON.stringify(told)).not.toContain("Ben Stays");
  const reader = await page.context().newPage();
  await reader.setContent(part("person.html"));
  await expect(reader.getByRole("heading", { name: "What Fernhall Homes keeps about you" })).toBeVisible();
  await expect(reader.getByText(ana.email).first()).toBeVisible();
  await isAccessible(reader);
  await reader.close();

  await page.goto(`${product.url}/app/settings/audit`);
  await expect(page.getByRole("button", { name: "Fetch everything kept about a person" }).first()).toBeVisible();
});

test("an owner erases a person on a phone: gone from every screen, every file, and for good", async ({ browser, page, product, simulator }) => {
  await withTwoLeads(page, product, simulator);
  const other = await browser.newPage();
  await other.goto(`${product.url}/app/sign-in`);
  await other.getByLabel("Work mail").fill("dana@fernhall.example");
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(inList(other, "Ana Zanzibarella")).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${product.url}/app/settings/privacy`);
  await page.getByRole("button", { name: "Leads as CSV" }).click();
  await expect(page.getByText("Ready")).toBeVisible();
  await page.getByLabel("Find a person").fill("zanzi");
  const found = page.getByRole("list", { name: "People found" });
  await expect(found.getByText("Ana Zanzibarella")).toBeVisible();
  await expect(found.getByText("Ben Stays")).toBeHidden();
  await isAccessible(page);
  await found.getByRole("button", { name: "Erase …" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase Ana Zanzibarella?" });
  await expect(dialog.getByText("1 submission with its answers")).toBeVisible();
  await expect(dialog.getByText("1 file of an export")).toBeVisible();
  await isAccessible(page);
  await dialog.getByLabel("Your password", { exact: true }).fill("not this one");
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await expect(dialog.getByText("This is not your present password.")).toBeVisible();
  await dialog.getByLabel("Your password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await expect(page.getByText("The person has been erased.")).toBeVisible();
  await expect(page.getByText("Nobody like that is here.")).toBeVisible();

  // The other screen hears of it without a reload.
  await expect(inList(other, "Ana Zanzibarella")).toBeHidden();
  await expect(inList(other, "Ben Stays")).toBeVisible();
  await other.close();

  if (product.database === "") {
    await expect.poll(() => kept(join(product.folder, "data")), { timeout: 30_000 }).not.toMatch(/zanzibarella/i);
    expect(kept(join(product.folder, "data"))).toMatch(/Ben Stays/);
  }
  await expect(page.getByText("Over", { exact: true })).toBeVisible();

  // Meta still lists the lead. A sweep over all it has does not bring it back, and nothing is missing.
  await page.goto(`${product.url}/app/leads`);
  await product.program?.stop();
  await product.startAgain();
  const ledger = () => page.evaluate(() => fetch("/api/v1/meta/ledger").then((answer) => answer.json()));
  await expect.poll(async () => (await ledger()).checked_at, { timeout: 40_000 }).not.toBeNull();
  const lines = (await ledger()).data as { meta: number; ours: number; erased: number; state: string }[];
  expect(lines.some(({ erased }) => erased === 1)).toBe(true);
  expect(lines.filter(({ state }) => state !== "equal")).toEqual([]);
  await page.reload();
  await expect(page.getByText("Ben Stays").first()).toBeVisible();
  await expect(page.getByText("Ana Zanzibarella")).toHaveCount(0);
});

test("a rule for keeping leads says beforehand what it erases and when", async ({ page, product, simulator }) => {
  await withTwoLeads(page, product, simulator);
  await page.goto(`${product.url}/app/settings/privacy`);
  await expect(page.getByText("Leads are kept until somebody erases them.")).toBeVisible();
  await page.getByRole("button", { name: "Set a rule …" }).click();
  const dialog = page.getByRole("dialog", { name: "How long are leads kept?" });
  await expect(dialog.getByText("0 leads would be erased today.")).toBeVisible();
  await expect(dialog.getByText(/owners get a letter before/)).toBeVisible();
  await dialog.getByLabel("Erase them after").selectOption({ label: "12 months" });
  await isAccessible(page);
  await dialog.getByLabel("Your password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Set the rule" }).click();
  const rules = page.getByRole("list", { name: "Rules" });
  await expect(rules.getByText("Every form without a rule of its own")).toBeVisible();
  await expect(rules.getByText(/^12 months · begins/)).toBeVisible();
  await isAccessible(page);

  await rules.getByRole("button", { name: "Change the rule of Every form without a rule of its own" }).click();
  await dialog.getByLabel("Erase them after").selectOption({ label: "never: end the rule" });
  await dialog.getByLabel("Your password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "End the rule" }).click();
  await expect(page.getByText("Leads are kept until somebody erases them.")).toBeVisible();
});
