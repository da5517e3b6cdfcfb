import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeServer, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";
import { aConnection, aPage } from "./madeUpMeta";
import type { MetaApp } from "./metaShapes";

const app: MetaApp = {
  app_id: null,
  has_secret: false,
  login_config_id: "",
  has_platform_app: true,
  handshake_at: null,
  pages: [],
  webhook_url: null,
  verify_token: null,
  oauth_redirect_url: "https://crm.example/meta/oauth/callback",
  deauthorize_url: null,
  data_deletion_url: null,
  privacy_url: "https://crm.example/privacy",
  terms_url: "https://crm.example/terms",
  scopes: [{ name: "leads_retrieval", why: "To read the leads of connected pages." }],
};

const saved: MetaApp = {
  ...app,
  app_id: "77",
  has_secret: true,
  webhook_url: "https://crm.example/webhooks/meta/77",
  verify_token: "verify-me",
  deauthorize_url: "https://crm.example/meta/deauthorize/77",
  data_deletion_url: "https://crm.example/meta/data-deletion/77",
};

const withApp = (now: MetaApp, routes: Parameters<typeof fakeServer>[0] = {}) =>
  fakeServer({
    "GET /meta/pages": () => ({ body: { data: [aPage()], next_cursor: null } }),
    "GET /meta/connection": () => ({ body: aConnection() }),
    "GET /meta/app": () => ({ body: now }),
    ...routes,
  });

it("prints every address to enter at Meta and the text of each permission", async () => {
  withApp(saved);
  renderApp("/sources?app=own");
  for (const text of [saved.webhook_url, saved.verify_token, saved.data_deletion_url]) {
    await screen.findByText(text ?? "");
  }
  await screen.findByText(saved.terms_url);
  await screen.findByText("To read the leads of connected pages.");
  screen.getByText("Meta has not verified the address yet.");
});

it("begins with the keys, before anything can be connected", async () => {
  withApp(app);
  renderApp("/sources?app=own");
  await screen.findByText(app.oauth_redirect_url);
  expect(screen.queryByRole("button", { name: "Set up the webhook at Meta" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Connect Facebook" })).toBeNull();
});

it("has Meta verify the address, and says that it did", async () => {
  const { asked } = withApp(saved, {
    "POST /meta/app/webhook": () => ({ body: { ...saved, handshake_at: "2026-04-14T12:00:00Z" } }),
  });
  const { user } = renderApp("/sources?app=own");
  await user.click(await screen.findByRole("button", { name: "Set up the webhook at Meta" }));
  await screen.findByText("Meta verified the address", { exact: false });
  expect(asked.some(({ method }) => method === "POST")).toBe(true);
});

it("copies an address with one press", async () => {
  withApp(saved);
  const { user } = renderApp("/sources?app=own");
  await user.click(await screen.findByRole("button", { description: "Callback URL" }));
  expect(await navigator.clipboard.readText()).toBe(saved.webhook_url);
  await screen.findByText("Copied");
});

it("saves the keys, and says at the field what is wrong with one", async () => {
  const wrong = { field: "app_id", message: "An app id is a number." };
  const { asked } = withApp(app, {
    "PUT /meta/app": () => refusal(422, "Some fields need another look.", [wrong]),
  });
  const { user } = renderApp("/sources?app=own");
  await user.type(await screen.findByLabelText("App id"), "77x");
  await user.type(screen.getByLabelText("App secret"), "s3cret");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("An app id is a number.");
  expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({
    app_id: "77x",
    secret: "s3cret",
    login_config_id: "",
  });
});

it("says what another app means for the pages of this one, before it is used", async () => {
  const { asked } = withApp({ ...saved, pages: [{ page_id: "1", name: "Fernhall Homes" }] });
  const { user } = renderApp("/sources?app=own");
  const id = await screen.findByLabelText("App id");
  await user.clear(id);
  await user.type(id, "78");
  await user.type(screen.getByLabelText("App secret"), "another-secret-of-ours");
  await user.click(screen.getByRole("button", { name: "Save" }));
  const question = await screen.findByRole("dialog", { name: "Use another Meta app?" });
  expect(question).toHaveTextContent("Fernhall Homes is connected through the app you have.");
  expect(asked.some(({ method }) => method === "PUT")).toBe(false);
  await user.click(within(question).getByRole("button", { name: "Use the other app" }));
  expect(asked.find(({ method }) => method === "PUT")?.body).toMatchObject({ app_id: "78" });
});

it("is given up only after a question", async () => {
  const { asked } = withApp({ ...saved, pages: [{ page_id: "1", name: "Fernhall Homes" }] });
  const { user } = renderApp("/sources?app=own");
  await user.click(await screen.findByRole("button", { name: "Use the server's app again" }));
  const question = await screen.findByRole("dialog", { name: "Stop using your own Meta app?" });
  expect(question).toHaveTextContent("Fernhall Homes is connected through it");
  expect(question).toHaveTextContent("All leads stay here");
  await user.click(within(question).getByRole("button", { name: "Keep it" }));
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
});
