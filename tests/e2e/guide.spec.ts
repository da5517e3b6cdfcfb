// The screens of the user guide (web/site/pages/docs/guide), walked through as its readers do. Each
// picture stands in web/site/screens beside a list of what was on that screen, and the list is
// compared with the screen of today: a guide that no longer shows the product fails here. To make
// them anew: UPDATE_SCREENS=1 npx playwright test guide.spec.ts --project=sqlite
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { goToFacebook } from "./facebook";
import { expect, type Simulator, test } from "./product";

const screens = resolve(import.meta.dirname, "../../web/site/screens");
const desktop = { width: 1120, height: 600 };
const phone = { width: 390, height: 760 };

// What can be used, and the headings, without what differs from run to run: numbers, how long ago
// something was, what the doctor found.
async function contents(page: Page) {
  const tree = await page.locator("body").ariaSnapshot();
  const named = /- (heading|button|link|tab|textbox|searchbox|checkbox|switch|columnheader|group) "(.*?)"/g;
  const lines = [...tree.matchAll(named)]
    .map(([, role, name]) => `${role}: ${name?.replace(/\d+/g, "#")}`)
    .filter((line) => line.length < 80 && !/ hours|checks? pass|last lead/i.test(line));
  return `${[...new Set(lines)].sort().join("\n")}\n`;
}

// Chromium makes the picture small: WebP, a quarter of what PNG takes.
async function picture(page: Page) {
  const png = await page.screenshot({ animations: "disabled", caret: "hide" });
  const blank = await page.context().newPage();
  const webp = await blank.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.5 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, `data:image/png;base64,${png.toString("base64")}`);
  await blank.close();
  return Buffer.from(webp);
}

async function shows(page: Page, name: string) {
  const [image, list] = [`${screens}/${name}.webp`, `${screens}/${name}.txt`];
  const now = await contents(page);
  if (process.env.UPDATE_SCREENS) {
    writeFileSync(image, await picture(page));
    writeFileSync(list, now);
  }
  expect(existsSync(image), `there is a picture of "${name}"`).toBe(true);
  expect(now, `"${name}" in the guide is not the screen of today: see the top of guide.spec.ts`)
    .toBe(readFileSync(list, "utf8"));
}

const people = [
  ["Tom Reyes", "+447700900111", "fb"],
  ["Mei Ling Tan", "+447700900212", "ig"],
  ["Ruth Adeyemi", "+447700900313", "fb"],
  ["Max Brandt", "+447700900414", "fb"],
  ["Ana Lima", "+447700900515", "ig"],
] as const;

async function sendLeads(page: Page, simulator: Simulator) {
  for (const [name, number, platform] of people) {
    const email = `${name.replaceAll(" ", ".").toLowerCase()}@example.com`;
    const values = { full_name: name, email, phone_number: number, whatsapp_number: number };
    await simulator.sendLead(values, { platform, organic: false });
    await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  }
}

test("the guide shows the screens of today", async ({ page, product, simulator }) => {
  test.setTimeout(120_000);
  await page.setViewportSize(desktop);
  await goToFacebook(page, product);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("group", { name: "Pages to connect" })).toBeVisible();
  await shows(page, "choose-pages");

  await page.getByRole("button", { name: /^Connect \d+ pages?/ }).click();
  await page.getByRole("link", { name: "Later" }).click();
  await page.getByRole("button", { name: "Send a test lead" }).click();
  await expect(page.getByRole("list", { name: "The way of the test lead" }).locator("time")).toHaveCount(3);
  await shows(page, "test-lead");

  await page.goto(`${product.url}/app/leads`);
  await sendLeads(page, simulator);
  await page.getByRole("link", { name: "Ana Lima", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "Ana Lima" });
  await expect(panel.getByText("On screen")).toBeVisible();
  await shows(page, "lead");

  await page.goto(`${product.url}/app/sources`);
  await expect(page.getByText("Lead ledger")).toBeVisible();
  await expect(page.getByText(/Meta \d+ = us \d+/).first()).toBeVisible();
  await shows(page, "sources");
  await page.goto(`${product.url}/app/sources?tab=doctor`);
  await page.getByRole("button", { name: /^(Run again|Check now)/ }).first().click();
  await expect(page.getByText("A test lead comes all the way").first()).toBeVisible();
  await shows(page, "doctor");

  await page.setViewportSize(phone);
  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("link", { name: "Ana Lima", exact: true })).toBeVisible();
  await shows(page, "phone");
});
