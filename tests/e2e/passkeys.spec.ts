// Passkeys: added in the profile, used at the sign-in page by the button and from the field for the
// address, a second factor by themselves, removed. The browser's own authenticator in software.
import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible";
import { codeOf, setUp } from "./authenticator";
import { expect, password, type Product, register, test } from "./product";

// Passkeys want a host with a name, and the product of the journeys is at a number.
async function named(product: Product): Promise<Product> {
  const url = `http://localhost:${product.port}`;
  await product.program?.stop();
  product.settings = product.settings.map((word) => (word === product.url ? url : word));
  await product.startAgain();
  return Object.create(product, { url: { value: url } });
}

// A phone that verifies its person, and answers at once whatever asks.
async function addAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verify: (isUserVerified: boolean) => cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    credentials: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    forget: (credentialId: string) => cdp.send("WebAuthn.removeCredential", { authenticatorId, credentialId }),
  };
}

// From the next page on the field for the address offers nothing: else the phone has signed in before
// a button is pressed.
async function onlyWhenAsked(page: Page) {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
}

async function addPasskey(page: Page, name: string) {
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByRole("list", { name: "Passkeys" }).getByText(name, { exact: true })).toBeVisible();
}

async function signOut(page: Page) {
  await page.evaluate(() => fetch("/api/v1/auth/logout", { method: "POST" }));
}

const leads = (page: Page) => page.getByRole("heading", { name: "Leads", exact: true });

test("a passkey is added, signs in where a second factor is needed, is renamed and removed", async ({ page, product: at }) => {
  const product = await named(at);
  const device = await addAuthenticator(page);
  await register(page, product);
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await isAccessible(page);
  await page.getByLabel("Your password").fill("a guess");
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByLabel("Your password")).toHaveAccessibleDescription(/not your present password/);
  await page.getByRole("button", { name: "Cancel" }).click();
  await addPasskey(page, "Dana's phone");
  await expect(page.getByText("not used yet")).toBeVisible();
  await isAccessible(page);
  expect((await device.credentials())[0]).toMatchObject({ isResidentCredential: true, rpId: "localhost" });

  // The same device is not asked twice.
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByText("This device holds a passkey of yours already.")).toBeVisible();

  await page.goto(`${product.url}/app/settings/sign-in`);
  await page.getByRole("switch", { name: "Everybody needs a second factor" }).click();
  await expect(page.getByRole("switch", { name: "Everybody needs a second factor" })).toBeChecked();

  await signOut(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await onlyWhenAsked(page);
  await page.goto(`${product.url}/app/sign-in`);
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(leads(page)).toBeVisible();

  await page.goto(`${product.url}/app/settings/profile`);
  await expect(page.getByText(/^last used/)).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Rename Dana's phone" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Old phone");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Old phone", { exact: true })).toBeVisible();

  // Removing it asks for what signing in asks for: here the passkey itself.
  await page.getByRole("button", { name: "Remove Old phone" }).click();
  await page.getByLabel("Your password").fill(password);
  await expect(page.getByText("Your device asks for your passkey")).toBeVisible();
  await isAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(/your last passkey stays/)).toBeVisible();

  // So does deleting the organization.
  await page.goto(`${product.url}/app/settings/privacy`);
  await page.getByRole("button", { name: "Delete the organization …" }).click();
  await page.getByLabel("Type Fernhall Homes").fill("Fernhall Homes");
  await page.getByLabel("Your password").fill(password);
  await expect(page.getByText("Your device asks for your passkey")).toBeVisible();
  await isAccessible(page);
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/deletion-passkey.png` });
  await device.verify(false);
  await page.getByRole("button", { name: "Order the deletion" }).click();
  await expect(page.getByText("Nothing was confirmed.")).toBeVisible();
  await device.verify(true);
  await page.getByRole("button", { name: "Order the deletion" }).click();
  await expect(page.getByRole("button", { name: "Keep the organization" })).toBeVisible();
  await page.getByRole("button", { name: "Keep the organization" }).click();
  await expect(page.getByRole("button", { name: "Delete the organization …" })).toBeVisible();
  await page.goto(`${product.url}/app/settings/sign-in`);
  await page.getByRole("switch", { name: "Everybody needs a second factor" }).click();
  await expect(page.getByRole("switch", { name: "Everybody needs a second factor" })).not.toBeChecked();
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Remove Old phone" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Old phone", { exact: true })).toBeHidden();

  await signOut(page);
  await page.goto(`${product.url}/app/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("This passkey does not sign you in here.")).toBeVisible();
});

test("a browser offers the passkey in the field for the address", async ({ page, product: at }) => {
  const product = await named(at);
  await addAuthenticator(page);
  await register(page, product);
  await page.goto(`${product.url}/app/settings/profile`);
  await addPasskey(page, "Dana's phone");
  await signOut(page);
  await page.goto(`${product.url}/app/sign-in`);
  await expect(page.getByLabel("Work mail")).toHaveAttribute("autocomplete", "username webauthn");
  // Whoever chooses it there is in; the authenticator in software chooses at once.
  await expect(leads(page)).toBeVisible();
});

test("after the password, a passkey does in place of a code", async ({ page, product: at }) => {
  const product = await named(at);
  const device = await addAuthenticator(page);
  await register(page, product);
  await page.goto(`${product.url}/app/settings/profile`);
  await addPasskey(page, "Dana's phone");
  await page.getByRole("button", { name: "Set up" }).click();
  const { secret } = await setUp(page);
  await signOut(page);

  await onlyWhenAsked(page);
  await page.goto(`${product.url}/app/sign-in`);
  await page.getByLabel("Work mail").fill("dana@fernhall.example");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByLabel("Code", { exact: true })).toBeVisible();
  await isAccessible(page);
  await device.verify(false);
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page.getByText("Nothing was confirmed.")).toBeVisible();
  await device.verify(true);
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(leads(page)).toBeVisible();

  // Another passkey takes the code as well.
  const [credential] = await device.credentials();
  await device.forget(credential?.credentialId ?? "");
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Your password").fill(password);
  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret, 1));
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByRole("list", { name: "Passkeys" }).getByRole("listitem")).toHaveCount(2);
});

test("where a second factor is needed, somebody who has none adds a passkey, and a password alone is not enough", async ({
  page,
  product: at,
  browser,
}) => {
  const product = await named(at);
  const device = await addAuthenticator(page);
  await register(page, product);
  product.sql("UPDATE organizations SET needs_second_factor = TRUE");
  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("heading", { name: "Set up your second factor" })).toBeVisible();
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await isAccessible(page);
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(leads(page)).toBeVisible();

  const thief = await (await browser.newContext()).newPage();
  await thief.goto(`${product.url}/app/sign-in`);
  await thief.getByLabel("Work mail").fill("dana@fernhall.example");
  await thief.getByLabel("Password", { exact: true }).fill(password);
  await thief.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(thief.getByRole("heading", { name: "One more step" })).toBeVisible();
  await expect(thief.getByLabel("Code", { exact: true })).toBeHidden();
  await isAccessible(thief);

  // Signed in by password from before it was needed: the passkey is asked for there too.
  product.sql("UPDATE sessions SET passkey_id = NULL");
  await onlyWhenAsked(page);
  await page.goto(`${product.url}/app/leads`);
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Use your passkey" }).click();
  await expect(leads(page)).toBeVisible();
});

test("where there can be no passkeys, the page says why and where they are", async ({ page, product }) => {
  const device = await addAuthenticator(page);
  await page.goto(`${product.url}/app/sign-in`);
  await expect(page.getByLabel("Work mail")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeHidden();
  await register(page, product);
  await page.goto(`${product.url}/app/settings/profile`);
  await expect(page.getByText("Passkeys need an address with a name")).toBeVisible();
  await isAccessible(page);
  // At the machine's name they work, though the public URL is its number.
  await page.getByRole("link", { name: "Open the same page by its name" }).click();
  await page.getByLabel("Work mail").fill("dana@fernhall.example");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await addPasskey(page, "Dana's laptop");
  expect(await device.credentials()).toHaveLength(1);
});
