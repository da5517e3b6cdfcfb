// From a form's questions to the fields of a lead: mapped by hand once, carried over to copies of the
// form, and read again for the leads that were here before.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { expect, register, test, type Product, type Simulator } from "./product";

const windows = "wie_viele_fenster?";
const question = "Wie viele Fenster?";

async function connectPage(page: Page, product: Product, simulator: Simulator) {
  const { id, name, token, forms } = await simulator.firstPage();
  product.importPage(await register(page, product), { id, name, token });
  const form = forms[0];
  if (form === undefined) throw new Error("the simulated page has no form");
  return form;
}

const people = ["Ana Lima", "Tom Reyes", "Ruth Ade", "Max Orlov"];
async function answer(simulator: Simulator, formId: string, person: string, windowsAnswer: string) {
  await simulator.sendLead(
    {
      full_name: person,
      email: `${person.replace(" ", ".").toLowerCase()}@example.com`,
      phone_number: `+4915112345${String(100 + people.indexOf(person))}`,
      [windows]: windowsAnswer,
    },
    { form_id: formId },
  );
}

const openForm = async (page: Page, product: Product, name: string | RegExp) => {
  await page.goto(`${product.url}/app/sources?tab=forms`);
  await page.getByRole("button", { name }).click();
};

async function makeField(page: Page) {
  await page.getByRole("button", { name: /^Create a field: / }).first().click();
  await expect(page.getByLabel("Name of the field")).toHaveValue(question);
  await isAccessible(page);
  await page.getByRole("button", { name: "Create the field" }).click();
  await expect(page.getByRole("combobox", { name: `What “${question}” becomes` })).toHaveValue(
    /^field_/,
  );
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. New leads follow from now on.")).toBeVisible();
}

const openLead = async (page: Page, product: Product, name: string) => {
  await page.goto(`${product.url}/app/leads`);
  await page.getByRole("link", { name, exact: true }).click();
  return page.getByRole("complementary", { name });
};

test("a question becomes a typed field, and the next lead fills it", async ({ page, product, simulator }) => {
  const form = await connectPage(page, product, simulator);
  await answer(simulator, form.id, "Ana Lima", "mehr_als_5");
  await expect(page.getByRole("link", { name: "Ana Lima", exact: true })).toBeVisible();

  await openForm(page, product, new RegExp(form.name));
  await expect(page.getByRole("list", { name: "Last answers" }).first()).toContainText("Ana Lima");
  await expect(page.getByText("Mehr als 5", { exact: true })).toBeVisible();
  await isAccessible(page);
  await makeField(page);
  await isAccessible(page);

  await answer(simulator, form.id, "Tom Reyes", "1_bis_5");
  const panel = await openLead(page, product, "Tom Reyes");
  const field = panel.getByRole("combobox", { name: question });
  await expect(field).toHaveValue("1_bis_5");
  await field.selectOption("Mehr als 5");
  await expect(panel.getByText(`Dana Whitlock changed ${question}`)).toBeVisible();
  await isAccessible(page);
});

test("a field is made without a form, given more options, put away and brought back", async ({ page, product, simulator }) => {
  await connectPage(page, product, simulator);
  await page.goto(`${product.url}/app/sources?tab=forms`);
  await page.getByRole("button", { name: "New field" }).click();
  await page.getByLabel("Name of the field").fill("Plan");
  await page.getByLabel("Kind").selectOption("Several choices");
  await page.getByLabel("Options").fill("Basic\nPro");
  await isAccessible(page);
  await page.getByRole("button", { name: "Create the field" }).click();
  await page.getByRole("button", { name: "Change Plan" }).click();
  await page.getByLabel("More options").fill("Team");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Basic · Pro · Team")).toBeVisible();

  await page.getByRole("button", { name: "Change Plan" }).click();
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(page.getByText("Plan is archived. Leads keep its values.")).toBeVisible();
  await page.getByText("1 archived field").click();
  await isAccessible(page);
  await page.getByRole("button", { name: "Bring back Plan" }).click();
  await expect(page.getByRole("button", { name: "Change Plan" })).toBeVisible();
});

test("a copied form takes the mapping over and asks only what is new", async ({ page, product, simulator }) => {
  const form = await connectPage(page, product, simulator);
  await answer(simulator, form.id, "Ana Lima", "mehr_als_5");
  await expect(page.getByRole("link", { name: "Ana Lima", exact: true })).toBeVisible();
  await openForm(page, product, new RegExp(form.name));
  await makeField(page);

  const copy = await simulator.control("POST", "forms", {
    copy_of: form.id,
    name: "Fenster im Winter",
    questions: [{ key: "balkon?", label: "Haben Sie einen Balkon?", type: "CUSTOM", options: [] }],
  });
  await answer(simulator, copy.ids[0], "Tom Reyes", "1_bis_5");
  // It appears by itself, with what is new about it.
  await expect(
    page.getByRole("listitem").filter({ hasText: "Fenster im Winter" }).getByText("1 new question"),
  ).toBeVisible();
  const panel = await openLead(page, product, "Tom Reyes");
  await expect(panel.getByRole("combobox", { name: question })).toHaveValue("1_bis_5");

  await openForm(page, product, /Fenster im Winter/);
  await expect(page.getByText(`Taken over from “${form.name}”`, { exact: false })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Keep it with the answers" }).click();
  await expect(page.getByText("Saved. New leads follow from now on.")).toBeVisible();
});

test("earlier leads are read again after a look at what would change, and put back", async ({ page, product, simulator }) => {
  const form = await connectPage(page, product, simulator);
  await answer(simulator, form.id, "Ana Lima", "mehr_als_5");
  await answer(simulator, form.id, "Tom Reyes", "1_bis_5");
  await expect(page.getByRole("link", { name: "Tom Reyes", exact: true })).toBeVisible();
  await openForm(page, product, new RegExp(form.name));
  await makeField(page);

  await page.getByRole("button", { name: "Read earlier leads again" }).first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("2 of 2 leads would change.")).toBeVisible();
  await expect(dialog.getByRole("row", { name: /Ana Lima/ })).toContainText("Mehr als 5");
  await isAccessible(page);
  await dialog.getByRole("button", { name: "Change 2 leads" }).click();
  await expect(dialog.getByText("2 leads changed")).toBeVisible();
  await isAccessible(page);

  const panel = await openLead(page, product, "Ana Lima");
  await expect(panel.getByRole("combobox", { name: question })).toHaveValue("mehr_als_5");
  await expect(panel.getByText("had the answers read again", { exact: false })).toBeVisible();

  await openForm(page, product, new RegExp(form.name));
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  const back = await openLead(page, product, "Ana Lima");
  await expect(back.getByText("took back what was read again", { exact: false })).toBeVisible();
  await expect(back.getByRole("combobox", { name: question })).toHaveCount(0);
});

test.describe("on a phone, in the dark", () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    colorScheme: "dark",
  });

  test("a form is mapped and a lead shows its field", async ({ page, product, simulator }) => {
    const form = await connectPage(page, product, simulator);
    await answer(simulator, form.id, "Ana Lima", "mehr_als_5");
    await expect(page.getByText("Ana Lima").first()).toBeVisible();
    await openForm(page, product, new RegExp(form.name));
    await isAccessible(page);
    await makeField(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);

    await answer(simulator, form.id, "Tom Reyes", "1_bis_5");
    await page.goto(`${product.url}/app/leads`);
    await page.getByText("Tom Reyes").first().click();
    await expect(page.getByRole("combobox", { name: question })).toHaveValue("1_bis_5");
    await isAccessible(page);
  });
});
