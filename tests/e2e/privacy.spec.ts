// Taking everything out, and ending it all: on a desktop and on a phone.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAccessible } from "./accessible";
import { connectAll } from "./facebook";
import { expect, password, register, test } from "./product";

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

test("what a list shows is exported from the list", async ({ page, product }, testInfo) => {
  const organization = await register(page, product);
  product.admin("make-sample-leads", "--organization", organization, "--count", "300");
  await page.goto(`${product.url}/app/leads?source=ig&submitted=2020-01-01..`);
  const told = await page.getByText(/^[\d,]+ leads$/).textContent();
  const fetched = async (item: string, ending: string) => {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await expect(page.getByText("The leads of this view")).toBeVisible();
    await isAccessible(page);
    await page.getByRole("menuitem", { name: item }).click();
    await page.getByRole("button", { name: "Show" }).click();
    const made = page.getByRole("list", { name: "Exports made" }).getByRole("listitem").first();
    await expect(made.getByText(`Leads · ${ending.toUpperCase()}`)).toBeVisible();
    await expect(made.getByText("Ready")).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      made.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^leads-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`));
    const path = testInfo.outputPath(download.suggestedFilename());
    await download.saveAs(path);
    await page.goBack();
    return path;
  };

  const table = await fetched("Leads as CSV", "csv");
  const [header = "", ...rows] = readFileSync(table, "utf8").trimEnd().split("\r\n");
  expect(`${rows.length} leads`).toBe(told);
  expect(header).toContain(",platform,");
  for (const row of rows) expect(row).toContain(",ig,");

  // Read by programs that have nothing to do with ours: the same people in each.
  const others = [
    await fetched("Leads as a workbook (XLSX)", "xlsx"),
    await fetched("Leads as contacts (vCard)", "vcf"),
  ];
  const read = execFileSync("../rights/lead_files.py", [table, ...others], { encoding: "utf8" });
  const [inTable, ...inOthers] = (JSON.parse(read) as string[][][]).map((leads) => leads.map(String).sort());
  expect(inTable).toHaveLength(rows.length);
  for (const people of inOthers) expect(people).toEqual(inTable);
});

test("an owner orders the deletion, everybody sees it, and it is taken back", async ({ page, product }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await register(page, product);
  await page.goto(`${product.url}/app/settings/privacy`);
  await page.getByRole("button", { name: "Delete the organization …" }).click();
  await isAccessible(page);
  await page.getByLabel("Type Fernhall Homes").fill("Fernhall");
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Order the deletion" }).click();
  await expect(page.getByText("This is not the name of the organization.")).toBeVisible();
  await page.getByLabel("Type Fernhall Homes").fill("Fernhall Homes");
  await page.getByRole("button", { name: "Order the deletion" }).click();
  await expect(page.getByText("This organization will be deleted in 6 days 23 hours.")).toBeVisible();
  await isAccessible(page);

  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByText("Dana Whitlock ordered it")).toBeVisible();
  await page.getByRole("button", { name: "Keep the organization" }).click();
  await expect(page.getByText("This organization will be deleted")).toBeHidden();
});

test("deleted at once: everybody is out, and the page of the code says what went", async ({ page, product }) => {
  const organization = await register(page, product);
  product.admin("make-sample-leads", "--organization", organization, "--count", "200");
  await page.goto(`${product.url}/app/settings/privacy`);
  await page.getByRole("button", { name: "Delete the organization …" }).click();
  await expect(page.getByText("200 leads go with it.")).toBeVisible();
  await page.getByLabel("Type Fernhall Homes").fill("Fernhall Homes");
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.getByLabel("It can be taken back for").selectOption({ label: "not at all: delete at once" });
  await page.getByRole("button", { name: "Delete now" }).click();
  await expect(page).toHaveURL(/\/data-deletion\/[0-9a-f]{24}$/);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The organization has been deleted", { timeout: 500 });
  }).toPass();
  await expect(page.getByText("Deleted: 200 leads")).toBeVisible();
  await expect(page.getByText("Fernhall")).toHaveCount(0);
  await isAccessible(page);

  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
});

test("deleted at once, its pages are unsubscribed and its login is over at Facebook", async ({ page, product, simulator }) => {
  await connectAll(page, product);
  const before = (await simulator.control("GET", "state")).pages;
  expect(before[0].subscribed_fields).toContain("leadgen");
  await page.goto(`${product.url}/app/settings/privacy`);
  await page.getByRole("button", { name: "Delete the organization …" }).click();
  await page.getByLabel("Type Fernhall Homes").fill("Fernhall Homes");
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.getByLabel("It can be taken back for").selectOption({ label: "not at all: delete at once" });
  await page.getByRole("button", { name: "Delete now" }).click();
  await expect(page).toHaveURL(/\/data-deletion\/[0-9a-f]{24}$/);
  const subscribed = async () =>
    (await simulator.control("GET", "state")).pages.flatMap(
      (each: { subscribed_fields: string[] }) => each.subscribed_fields,
    );
  await expect.poll(subscribed).toEqual([]);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The organization has been deleted", { timeout: 500 });
  }).toPass();
  expect(product.log()).not.toContain("left undone at Meta");
  expect(product.log()).not.toContain(before[0].token);
});
