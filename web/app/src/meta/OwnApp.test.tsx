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
  webhook_url: "https://crm.example/webhooks/meta/77",
  verify_token: "verify-me",
  oauth_redirect_url: "https://crm.example/meta/oauth/callback",
  deauthorize_url: "https://crm.example/meta/deauthorize",
  data_deletion_url: "https://crm.example/meta/data-deletion",
  privacy_url: "https://crm.example/privacy",
  terms_url: "https://crm.example/terms",
  scopes: [{ name: "leads_retrieval", why: "To read the leads of connected pages." }],
};

const withApp = (now: MetaApp, routes: Parameters<typeof fakeServer>[0] = {}) =>
  fakeServer({
    "GET /meta/pages": () => ({ body: { data: [aPage()], next_cursor: null } }),
    "GET /meta/connection": () => ({ body: aConnection() }),
    "GET /meta/app": () => ({ body: now }),
    ...routes,
  });

it("prints every address to enter at Meta and the text of each permission", async () => {
  withApp(app);
  renderApp("/sources?app=own");
  for (const text of [app.webhook_url, app.verify_token, app.data_deletion_url, app.terms_url]) {
    await screen.findByText(text ?? "");
  }
  await screen.findByText("To read the leads of connected pages.");
  expect(screen.queryByRole("link", { name: "Connect Facebook" })).toBeNull();
});

it("copies an address with one press", async () => {
  withApp(app);
  const { user } = renderApp("/sources?app=own");
  await user.click(await screen.findByRole("button", { description: "Callback URL" }));
  expect(await navigator.clipboard.readText()).toBe(app.webhook_url);
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
    app_secret: "s3cret",
  });
});

it("is given up only after a question", async () => {
  const { asked } = withApp({ ...app, app_id: "77", has_secret: true });
  const { user } = renderApp("/sources?app=own");
  await user.click(await screen.findByRole("button", { name: "Use the server's app again" }));
  const question = await screen.findByRole("dialog", { name: "Stop using your own Meta app?" });
  expect(question).toHaveTextContent("All leads stay here.");
  await user.click(within(question).getByRole("button", { name: "Keep it" }));
  expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
});
