// Connecting Facebook as an owner does it, in the simulated Facebook's own dialog, and what is seen
// when something is wrong with it afterwards.
import { isAccessible } from "./accessible";
import { connectAll, goToFacebook } from "./facebook";
import { expect, register, test } from "./product";

test("an owner connects Facebook and watches a test lead arrive", async ({ page, product, simulator }) => {
  await register(page, product);
  await page.getByRole("link", { name: "Sources" }).first().click();
  await expect(page.getByRole("link", { name: "Connect Facebook" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "Connect Facebook" }).click();

  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("group", { name: "Pages to connect" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: /^Connect \d+ pages?/ }).click();

  await page.getByLabel("Work mail addresses").fill("joe@fernhall.example, nia@fernhall.example");
  await isAccessible(page);
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(page.getByText("nia@fernhall.example")).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "Go on" }).click();

  await page.getByRole("button", { name: "Send a test lead" }).click();
  const steps = page.getByRole("list", { name: "The way of the test lead" });
  await expect(steps.locator("time")).toHaveCount(3);
  await isAccessible(page);

  // From now on every form's leads come in.
  const { token } = await simulator.firstPage();
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana@example.com" });
  await page.getByRole("link", { name: "Leads", exact: true }).first().click();
  await expect(page.getByRole("link", { name: "Ana Lima", exact: true })).toBeVisible();
  expect(product.log()).not.toContain(token);
  expect(product.log()).not.toContain("EAASIM");
});

test("what was declined at Facebook is said, with a way to be asked again", async ({ page, product }) => {
  await goToFacebook(page, product);
  await page.getByRole("checkbox", { name: "leads_retrieval" }).uncheck();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("You did not allow", { exact: false })).toBeVisible();
  await expect(page.getByRole("link", { name: "Ask again" })).toBeVisible();
  await isAccessible(page);
});

test("saying no at Facebook changes nothing and is told kindly", async ({ page, product }) => {
  await goToFacebook(page, product);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Facebook was not connected")).toBeVisible();
});

test("a token that dies is noticed at once, and a new login brings what waited", async ({ page, product, simulator }) => {
  await connectAll(page, product);
  const first = await simulator.firstPage();
  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await simulator.control("POST", "tokens", { page_id: first.id, subcode: 460 });
  await simulator.sendLead({ full_name: "Tom Reyes", email: "tom@example.com" });

  await expect(page.getByRole("alert").getByText(first.name, { exact: false })).toBeVisible();
  await isAccessible(page);
  await page.goto(`${product.url}/app/sources`);
  await expect(page.getByText("Leads do not come in").first()).toBeVisible();
  await isAccessible(page);

  await page.getByRole("link", { name: "Connect Facebook again" }).first().click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("link", { name: "Tom Reyes", exact: true })).toBeVisible({ timeout: 30_000 });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("pages, ledger and doctor can be read", async ({ page, product }) => {
    await connectAll(page, product);
    await page.goto(`${product.url}/app/sources`);
    await expect(page.getByText("Lead ledger")).toBeVisible();
    await isAccessible(page);
    await page.goto(`${product.url}/app/sources?tab=doctor`);
    await expect(page.getByRole("button", { name: /Run|Check/ }).first()).toBeVisible();
    await isAccessible(page);
  });
});
