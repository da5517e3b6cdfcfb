// Signing in with a company's account, against a real OpenID Connect provider.
import { createServer } from "node:http";
import Provider from "oidc-provider";
import { isAccessible } from "./accessible";
import { expect, type Product, register, test } from "./product";

// A company's issuer on a port of its own. Whoever signs in there is whom they say they are.
async function issuerFor(product: Product) {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: "lead-crm",
        client_secret: "a secret of the journeys",
        redirect_uris: [`${product.url}/api/v1/auth/company/callback`],
      },
    ],
    claims: { email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@fernhall.example`, email_verified: id !== "mallory", name: id }),
    }),
  });
  server.on("request", provider.callback());
  return { url, close: () => server.close() };
}

async function signsInAtIssuer(page: import("@playwright/test").Page, name: string) {
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill("whatever");
  await page.locator('button[type="submit"]').click();
  await page.locator('button[type="submit"]').click(); // consent
}

test("an owner sets up the company's sign-in, tries it, and people come in with it", async ({ page, product, browser }) => {
  await product.program?.stop();
  product.settings.push("--private-issuers", "yes");
  await product.startAgain();
  const issuer = await issuerFor(product);
  await register(page, product);

  await page.goto(`${product.url}/app/settings/sign-in`);
  const form = page.getByRole("form", { name: "Sign in with the company's account" });
  await form.getByLabel("Issuer").fill(issuer.url);
  await form.getByLabel("Client ID").fill("lead-crm");
  await form.getByLabel("Client secret", { exact: true }).fill("a wrong secret");
  await form.getByLabel("Domains of your people's addresses").fill("fernhall.example");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("The issuer does not accept our client ID and secret.")).toBeVisible();
  await form.getByLabel("Client secret", { exact: true }).fill("a secret of the journeys");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Try it before you tell your people.").last()).toBeVisible();
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("It works: the issuer knows this app and its secret.")).toBeVisible();
  await isAccessible(page);
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/company-settings.png`, fullPage: true });

  // Dana has not confirmed the address, so the sign-in page does not know the domain: by the link.
  const shown = await page.evaluate(() =>
    fetch("/api/v1/organization/company-sign-in").then((answer) => answer.json()),
  );
  await page.evaluate(() =>
    fetch("/api/v1/invitations", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ emails: ["ben@fernhall.example"], role: "agent" }),
    }),
  );

  const bens = await (await browser.newContext()).newPage();
  await bens.goto(`${product.url}/app/sign-in`);
  await bens.getByRole("button", { name: "Sign in with your company's account" }).click();
  await isAccessible(bens);
  if (process.env.LOOK) await bens.screenshot({ path: `${process.env.LOOK}/company-door.png` });
  await bens.getByLabel("Your work mail").fill("ben@fernhall.example");
  await bens.getByRole("button", { name: "Go on" }).click();
  await expect(bens.getByText("We know no company sign-in for this.")).toBeVisible();
  await bens.goto(shown.sign_in_url);
  await signsInAtIssuer(bens, "ben");
  await expect(bens.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  await bens.goto(`${product.url}/app/settings/profile`);
  await expect(bens.getByText("You signed in with your company's account")).toBeVisible();
  if (process.env.LOOK) await bens.screenshot({ path: `${process.env.LOOK}/company-profile.png` });

  for (const [name, words] of [
    ["nobody", "You are no member of this organization yet."],
    ["mallory", "does not say that your address is verified"],
  ] as const) {
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(shown.sign_in_url);
    await signsInAtIssuer(stranger, name);
    await expect(stranger.getByText(words)).toBeVisible();
    if (process.env.LOOK) await stranger.screenshot({ path: `${process.env.LOOK}/company-${name}.png` });
  }

  // Switched off, whoever came in with it is out.
  await page.getByRole("button", { name: "Switch off" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByRole("button", { name: "Try it" })).toBeHidden();
  await bens.goto(`${product.url}/app/leads`);
  await expect(bens.getByRole("heading", { name: "Sign in to Lead CRM" })).toBeVisible();
  issuer.close();
});
