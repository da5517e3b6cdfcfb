// Letters over a real SMTP server: what a person gets, and what its link does.
import { SMTPServer } from "smtp-server";
import { isAccessible } from "./accessible";
import { connectAll } from "./facebook";
import { expect, type Product, password, register, test } from "./product";

type Received = { from: string; to: string[]; message: string };

// A mail server on a port of its own that keeps what it takes; it may refuse at first.
async function mailServer(refusals = 0) {
  const received: Received[] = [];
  let left = refusals;
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onMailFrom(_address, _session, done) {
      done(left-- > 0 ? Object.assign(new Error("Try later"), { responseCode: 451 }) : null);
    },
    onData(stream, session, done) {
      let message = "";
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        message += text;
      });
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          message: message.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { received, port, close: () => server.close() };
}

async function startWithMail(product: Product, port: number) {
  await product.program?.stop();
  product.settings.push("--smtp-url", `smtp://127.0.0.1:${port}`, "--mail-from", "Lead CRM <crm@example.com>");
  await product.startAgain();
}

const link = (product: Product, text: string) =>
  text.match(new RegExp(`${product.url}/app/confirm-email#[\\w-]{43}`))?.[0] ?? "";

test("the letter comes by SMTP, although the server refused at first, and its link confirms", async ({ page, product, browser }) => {
  const server = await mailServer(1);
  await startWithMail(product, server.port);
  await register(page, product);
  await expect(page.getByText("Confirm your address")).toBeVisible();
  await isAccessible(page);

  await expect.poll(() => server.received.length).toBe(1);
  const [mail] = server.received;
  expect(mail?.from).toBe("crm@example.com");
  expect(mail?.to).toEqual(["dana@fernhall.example"]);
  expect(mail?.message).toContain("From: Lead CRM <crm@example.com>\r\n");
  expect(mail?.message).toContain("Subject: Is this your address?\r\n");
  expect(mail?.message).toContain("Content-Type: text/plain; charset=utf-8");
  expect(mail?.message).toContain("Content-Type: text/html; charset=utf-8");

  // What a mail server took is not kept here, and its link is in no log.
  const address = link(product, mail?.message ?? "");
  expect(product.admin("mails")).toContain("dana@fernhall.example");
  expect(product.admin("mails")).not.toContain("confirm-email");
  expect(product.log()).not.toContain(address.split("#")[1]);

  await page.goto(address);
  await isAccessible(page);
  await page.getByRole("button", { name: "Yes, it is mine" }).click();
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  await page.getByRole("link", { name: "To Lead CRM" }).click();
  await expect(page.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  await expect(page.getByText("Confirm your address")).toBeHidden();

  // Whoever reads German, on another clock, gets German letters that name the clock.
  await page.goto(`${product.url}/app/settings/profile`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Language").selectOption("Deutsch");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Ihr Profil" })).toBeVisible();
  const elsewhere = await browser.newContext();
  const signIn = await elsewhere.newPage();
  await signIn.goto(`${product.url}/app/sign-in`);
  await signIn.getByLabel("Work mail").fill("dana@fernhall.example");
  await signIn.getByLabel("Password", { exact: true }).fill(password);
  await signIn.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect.poll(() => server.received.length).toBe(2);
  const told = Buffer.from(server.received[1]?.message ?? "", "latin1").toString();
  expect(told).toContain("Subject: =?UTF-8?B?");
  expect(told).toContain('<html lang="de" dir="ltr">');
  expect(told).toMatch(/hat sich am \d+\. \S+ \d{4} um \d\d:\d\d Uhr \(Asia\/Tokyo\) von/);
  await elsewhere.close();
  server.close();
});

test("without a mail server the operator finds the letter, and a link works once", async ({ page, product }) => {
  await register(page, product);
  await expect.poll(() => link(product, product.admin("mails"))).not.toBe("");
  const address = link(product, product.admin("mails"));
  for (const outcome of ["Your address is confirmed", "Is this address yours?"]) {
    await page.goto("about:blank");
    await page.goto(address);
    await page.getByRole("button", { name: "Yes, it is mine" }).click();
    await expect(page.getByRole("heading", { name: outcome })).toBeVisible();
  }
  await expect(page.getByRole("alert")).toContainText("This link has been used");
});

test("an invitation comes by letter, and its link leads into the organization", async ({ page, product, browser }) => {
  const server = await mailServer();
  await startWithMail(product, server.port);
  await register(page, product);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "People" }).click();
  await page.getByLabel("Work mail addresses").fill("Joe Park <joe@fernhall.example>, dana@fernhall.example");
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(page.getByText("dana@fernhall.example is a member already.")).toBeVisible();
  await page.getByLabel("Work mail addresses").fill("joe@fernhall.example");
  await page.getByRole("button", { name: "Invite 1 person" }).click();
  await expect(page.getByText("The invitation is on its way.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Withdraw the invitation of joe@fernhall.example" })).toBeVisible();
  await isAccessible(page);

  const to = (address: string) => server.received.find((mail) => mail.to[0] === address)?.message ?? "";
  const invitation = () => to("joe@fernhall.example").match(new RegExp(`${product.url}/app/invitation#[\\w-]{43}`))?.[0] ?? "";
  await expect.poll(invitation).not.toBe("");
  expect(to("joe@fernhall.example")).toContain("Subject: Dana Whitlock invites you to Fernhall Homes\r\n");

  const elsewhere = await browser.newContext();
  const joe = await elsewhere.newPage();
  await joe.goto(invitation());
  await expect(joe.getByRole("heading", { name: "Join Fernhall Homes" })).toBeVisible();
  await expect(joe.getByText("Dana Whitlock invites joe@fernhall.example as Sales agent.")).toBeVisible();
  await isAccessible(joe);
  await joe.getByLabel("Your name").fill("Joe Park");
  await joe.getByLabel("Password", { exact: true }).fill(password);
  await joe.getByRole("button", { name: "Make an account and join" }).click();
  await expect(joe.getByRole("heading", { name: "Leads", exact: true })).toBeVisible();
  await expect(joe.getByText("Confirm your address")).toBeHidden();

  // The owner's screen hears of it.
  await expect(page.getByText("Joe Park")).toBeVisible();
  await expect(page.getByRole("button", { name: /Withdraw/ })).toBeHidden();
  expect(product.log()).not.toContain(invitation().split("#")[1]);

  // And lets him go again: he is out at once.
  await page.getByRole("button", { name: "Actions for Joe Park" }).click();
  await page.getByRole("menuitem", { name: "Deactivate…" }).click();
  await expect(page.getByRole("dialog", { name: "Deactivate Joe Park?" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Deactivate", exact: true }).click();
  await expect(page.getByRole("button", { name: "Reactivate Joe Park" })).toBeVisible();
  await joe.reload();
  await expect(joe.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await elsewhere.close();
  server.close();
});

test("a login that ends at Facebook is told by letter, with all its pages, and the link leads to the way out", async ({
  page,
  product,
  simulator,
}) => {
  const server = await mailServer();
  await startWithMail(product, server.port);
  await connectAll(page, product);
  await expect.poll(() => server.received.length).toBe(1);
  await page.goto(link(product, server.received[0]?.message ?? ""));
  await page.getByRole("button", { name: "Yes, it is mine" }).click();
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();

  const first = await simulator.firstPage();
  await simulator.control("POST", "tokens", { page_id: first.id, subcode: 460 });
  await simulator.sendLead({ full_name: "Wait Ing" });
  await expect.poll(() => server.received.length, { timeout: 30_000 }).toBe(2);
  const told = server.received[1]?.message ?? "";
  // RFC 2047: the page has a name beyond ASCII.
  const subject = told.match(/Subject: =\?UTF-8\?B\?([\w+/=]*)\?/)?.[1] ?? "";
  expect(Buffer.from(subject, "base64").toString()).toBe(`Leads of ${first.name} do not come in`);
  expect(told).not.toContain(first.token);
  expect(told).not.toContain("Wait Ing");
  const wayOut = told.match(new RegExp(`${product.url}/app/sources\\?page=\\d+`))?.[0] ?? "";
  await page.goto(wayOut);
  await expect(page.getByRole("link", { name: "Connect Facebook again" }).first()).toBeVisible();
  server.close();
});

test("the certificate of an organization's deletion comes by letter, and names nobody", async ({ page, product }) => {
  const server = await mailServer();
  await startWithMail(product, server.port);
  const organization = await register(page, product);
  product.admin("make-sample-leads", "--organization", organization, "--count", "20");
  await expect.poll(() => server.received.length).toBe(1);
  await page.goto(link(product, server.received[0]?.message ?? ""));
  await page.getByRole("button", { name: "Yes, it is mine" }).click();
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();

  await page.goto(`${product.url}/app/settings/privacy`);
  await page.getByRole("button", { name: "Delete the organization …" }).click();
  await page.getByLabel("Type Fernhall Homes").fill("Fernhall Homes");
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.getByLabel("It can be taken back for").selectOption({ label: "not at all: delete at once" });
  await page.getByRole("button", { name: "Delete now" }).click();
  await expect(page).toHaveURL(/\/data-deletion\/[0-9a-f]{24}$/);
  const code = page.url().split("/").at(-1) ?? "";

  const certificate = () =>
    server.received.find(({ message }) => message.includes("Subject: Your organization has been deleted\r\n"));
  await expect.poll(certificate, { timeout: 30_000 }).toBeTruthy();
  expect(certificate()?.to).toEqual(["dana@fernhall.example"]);
  const text = certificate()?.message ?? "";
  expect(text).toContain("20 leads");
  expect(text).not.toContain("Fernhall Homes");
  expect(text).toContain(`${product.url}/data-deletion/${code}`);
  await page.goto(text.match(new RegExp(`${product.url}/data-deletion/[0-9a-f]{24}`))?.[0] ?? "");
  // The letter is the last step but one.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The organization has been deleted", { timeout: 500 });
  }).toPass();
  // The address itself is gone from the server.
  expect(product.admin("mails")).not.toContain("dana@fernhall.example");
  server.close();
});
