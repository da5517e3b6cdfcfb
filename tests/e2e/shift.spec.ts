// On shift or paused, told to whoever gives leads; and an owner who looks as somebody else.
import { isAccessible } from "./accessible";
import { isAtWork, join } from "./colleagues";
import { expect, register, test } from "./product";

test("an agent pauses, and whoever gives leads sees it at once", async ({ browser, page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana@example.com" });
  const nia = await join(browser, product, page, "Nia", "agent");
  await isAtWork(nia);
  await page.getByRole("link", { name: "Ana Lima", exact: true }).click();
  await page.getByRole("complementary").getByRole("button", { name: "Give to" }).click();
  const choice = page.getByRole("menuitemradio", { name: /Nia/ });
  await expect(choice).toHaveText(/Nia$/);
  await nia.keyboard.press("p");
  await expect(nia.getByText("Agent · Paused")).toBeVisible();
  await isAccessible(nia);
  await expect(choice).toContainText("Paused");
  await isAccessible(page);

  // The owner lets her go on, and her screen says so.
  await page.goto(`${product.url}/app/settings/shift`);
  const shift = page.getByRole("switch", { name: "Nia is on shift" });
  await expect(shift).not.toBeChecked();
  await isAccessible(page);
  await shift.click();
  await expect(nia.getByText("Agent · On shift")).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await isAccessible(page);
});

test("an owner looks as an agent, changes nothing, and is back", async ({ browser, page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana@example.com" });
  await isAtWork(await join(browser, product, page, "Nia", "agent"));
  await page.goto(`${product.url}/app/settings/people`);
  await page.getByRole("button", { name: "Actions for Nia" }).click();
  await page.getByRole("menuitem", { name: "View as Nia" }).click();
  await expect(page.getByText("You look as Nia.")).toBeVisible();
  await page.getByRole("link", { name: "Ana Lima", exact: true }).click();
  await page.getByRole("complementary").getByRole("button", { name: "Take it" }).click();
  await expect(page.getByText("so nothing is changed")).toBeVisible();
  await isAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await isAccessible(page);
  await page.getByRole("button", { name: "End the view" }).click();
  await expect(page.getByRole("button", { name: "Actions for Nia" })).toBeVisible();
  await expect(page.getByText("You look as Nia.")).toHaveCount(0);
  await page.goto(`${product.url}/app/settings/audit`);
  await expect(page.getByRole("button", { name: "See everything as another member sees it" }).first()).toBeVisible();
});
