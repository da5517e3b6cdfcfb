// What an owner does when leads do not come in as they should: let the doctor mend it, replay what
// Meta delivered, bring Meta's own file.
import { isAccessible } from "./accessible";
import { connectAll } from "./facebook";
import { expect, test } from "./product";

test("the doctor finds that the page is no longer subscribed, and one button mends it", async ({ page, product, simulator }) => {
  await connectAll(page, product);
  const first = await simulator.firstPage();
  const subscription = `${simulator.url}/${first.id}/subscribed_apps?access_token=${first.token}`;
  const apps = async () => (await (await fetch(subscription)).json()).data.length;
  await expect.poll(apps).toBe(1);
  await fetch(subscription, { method: "DELETE" });
  expect(await apps()).toBe(0);

  await page.goto(`${product.url}/app/sources?tab=doctor&page=${first.id}`);
  await page.getByRole("button", { name: /^(Check now|Run again)$/ }).click();
  const mend = page.getByRole("button", { name: "Subscribe the page again" });
  await expect(mend).toBeVisible();
  await isAccessible(page);
  await mend.click();
  await expect(mend).toBeHidden();
  await expect.poll(apps).toBe(1);
});

test("a delivery that Meta refused to explain is replayed when it may be read", async ({ page, product, simulator }) => {
  await connectAll(page, product);
  const first = await simulator.firstPage();
  await simulator.control("PATCH", `pages/${first.id}`, { leads_access: "refused_as_permission" });
  await page.goto(`${product.url}/app/sources?tab=events`);
  await simulator.sendLead({ full_name: "Ruth Ade", email: "ruth@example.com" });

  const delivery = page.getByRole("listitem").filter({ hasText: "Blocked" });
  await expect(delivery).toBeVisible();
  await delivery.getByRole("button", { expanded: false }).click();
  await expect(page.getByText("everything else is masked", { exact: false })).toBeVisible();
  await expect(page.locator("pre")).not.toContainText("ruth");
  await isAccessible(page);

  await simulator.control("PATCH", `pages/${first.id}`, { leads_access: "granted" });
  await page.getByRole("button", { name: "Replay this delivery" }).click();
  await page.getByRole("link", { name: "Open the lead" }).click();
  await expect(page.getByRole("heading", { name: "Ruth Ade" })).toBeVisible();
});

test("while Meta does not answer, its own file brings what is missing, once", async ({ page, product, simulator }) => {
  await connectAll(page, product);
  const first = await simulator.firstPage();
  const form = first.forms[0];
  await page.goto(`${product.url}/app/sources?tab=forms`);
  await expect(page.getByText(form?.name ?? "").first()).toBeVisible();
  await simulator.control("POST", "faults", { kind: "http_503", endpoint: "any", probability: 1 });
  const missed = await simulator.sendLead({ full_name: "Tom Reyes", email: "tom@example.com" }, { webhook: false, form_id: form?.id });
  const file = {
    name: "leads.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      "id,created_time,form_id,form_name,platform,is_organic,full_name,email\n" +
        `l:${missed},${new Date().toISOString()},f:${form?.id},${form?.name},ig,false,Tom Reyes,tom@example.com\n` +
        "l:,yesterday,f:1,Broken,ig,false,Nobody,nobody@example.com\n",
    ),
  };
  await page.goto(`${product.url}/app/sources?tab=events`);
  await page.getByLabel("CSV file from Meta").setInputFiles(file);
  await expect(page.getByText("1 lead is new.", { exact: false })).toBeVisible();
  await expect(page.getByText("1 row could not be read")).toBeVisible();
  await isAccessible(page);
  await page.getByLabel("CSV file from Meta").setInputFiles(file);
  await expect(page.getByText("1 was here already.", { exact: false })).toBeVisible();

  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("link", { name: "Tom Reyes", exact: true })).toHaveCount(1);
});
