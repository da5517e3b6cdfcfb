import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeStream } from "../app/FakeStream";
import { fakeServer, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";
import { aConnection, aPage, aShownPage, nobody } from "./madeUpMeta";
import type { Connection, MetaPage } from "./metaShapes";

const shown = [
  aShownPage(),
  aShownPage({ page_id: "page_2", name: "Fernhall Rentals" }),
  aShownPage({
    page_id: "page_3",
    name: "Fernhall Group",
    can_connect: false,
    missing: [{ kind: "task", name: "ADVERTISE", message: "Ask an admin for the task Ads." }],
  }),
];

function withFacebook(
  connection: Connection,
  pages: MetaPage[] = [],
  routes: Parameters<typeof fakeServer>[0] = {},
) {
  const connected = [...pages];
  const connects = (id: string) => () => {
    connected.push(aPage({ page_id: id, name: id }));
    return { body: {} };
  };
  return fakeServer({
    "GET /meta/pages": () => ({ body: { data: connected, next_cursor: null } }),
    "GET /meta/connection": () => ({ body: connection }),
    "GET /meta/ledger": () => ({ body: { data: [], checked_at: null } }),
    "POST /meta/pages/page_1/connect": connects("page_1"),
    "POST /meta/pages/page_2/connect": connects("page_2"),
    ...routes,
  });
}
const step = () => screen.getByRole("listitem", { current: "step" });

describe("the first run", () => {
  it("begins by going to Facebook", async () => {
    withFacebook(nobody);
    renderApp("/sources");
    const go = await screen.findByRole("link", { name: "Connect Facebook" });
    expect(go).toHaveAttribute("href", "/meta/oauth/start?return=%2Fapp%2Fsources");
    expect(step()).toHaveTextContent("Connect Facebook");
    expect(screen.getByText("Step 1 of 4")).toBeVisible();
  });

  it("says so when the server has no Meta app", async () => {
    withFacebook({ ...nobody, configured: false });
    renderApp("/sources");
    await screen.findByText(/This server has no Meta app of its own/);
    await screen.findByRole("link", { name: "I have my own Meta app" });
    expect(screen.queryByRole("link", { name: "Connect Facebook" })).toBeNull();
  });

  it("goes on with the pages, connects those that are checked, then asks for a test lead", async () => {
    const { asked } = withFacebook(aConnection({ pages: shown }));
    const { user, router } = renderApp("/sources?connected=1");
    await screen.findByRole("button", { name: "Connect 2 pages" });
    expect(step()).toHaveTextContent("Choose pages");
    await user.click(screen.getByRole("checkbox", { name: /Fernhall Rentals/ }));
    await user.click(screen.getByRole("button", { name: "Connect 1 page" }));
    await screen.findByRole("heading", { name: "Invite your team" });
    expect(router.state.matches.at(-1)?.search).toEqual({ step: "team" });
    const posts = asked.filter(({ method }) => method === "POST").map(({ path }) => path);
    expect(posts).toEqual(["/meta/pages/page_1/connect"]);
  });

  it("invites the team, or leaves it for later, before the test lead", async () => {
    const invited: object[] = [];
    withFacebook(aConnection({ pages: shown }), [aPage()], {
      "GET /invitations": () => ({ body: { data: invited, next_cursor: null } }),
    });
    const { user, router } = renderApp("/sources?step=team");
    expect(await screen.findByRole("button", { name: /^Invite/ })).toBeDisabled();
    expect(step()).toHaveTextContent("Invite your team");
    await user.click(screen.getByRole("link", { name: "Later" }));
    await screen.findByRole("heading", { name: "Send a test lead" });
    expect(router.state.matches.at(-1)?.search).toEqual({ step: "test" });
  });

  it("shows the three times of the test lead as they come", async () => {
    let hasArrived = false;
    const nothing = { lead_id: null, submitted_at: null, received_at: null, visible_at: null };
    const everything = {
      lead_id: "lead_1",
      submitted_at: "2026-04-14T12:58:41Z",
      received_at: "2026-04-14T12:58:43Z",
      visible_at: "2026-04-14T12:58:43.040Z",
    };
    withFacebook(aConnection({ pages: shown }), [aPage()], {
      "POST /meta/pages/page_1/test-lead": () => ({ status: 202, body: { leadgen_id: "9981" } }),
      "GET /meta/pages/page_1/test-lead": () => ({
        body: { leadgen_id: "9981", form_id: "form_1", ...(hasArrived ? everything : nothing) },
      }),
    });
    const { user } = renderApp("/sources?step=test");
    await user.click(await screen.findByRole("button", { name: "Send a test lead" }));
    await screen.findAllByText("waiting");
    hasArrived = true;
    FakeStream.latest.say("changed", { topic: "test_lead" });
    await screen.findByText("+2 s");
    expect(screen.getByText("+0.04 s")).toBeVisible();
    expect(screen.queryByText("waiting")).toBeNull();
    expect(screen.getByRole("link", { name: "Open the lead" })).toHaveAttribute(
      "href",
      "/app/leads/lead_1",
    );
  });
});

describe("choosing pages", () => {
  it("greys out what cannot be connected, with what to do", async () => {
    withFacebook(aConnection({ pages: shown }));
    renderApp("/sources?connected=1");
    const group = await screen.findByRole("checkbox", { name: /Fernhall Group/ });
    expect(group).toBeDisabled();
    expect(group).toHaveAccessibleDescription("Ask an admin for the task Ads.");
  });

  it("keeps the choice and says why when the server refuses", async () => {
    withFacebook(aConnection({ pages: shown }), [], {
      "POST /meta/pages/page_2/connect": () => refusal(409, "Facebook says no to this page."),
    });
    const { user } = renderApp("/sources?connected=1");
    await user.click(await screen.findByRole("button", { name: "Connect 2 pages" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Facebook says no to this page.");
  });

  it("says what was declined, what it is for, and asks again", async () => {
    const scopes = [
      { name: "ads_management", state: "declined" as const, needed_for: "Showing the campaign" },
    ];
    withFacebook(aConnection({ pages: shown, scopes }));
    renderApp("/sources?connected=1");
    await screen.findByText(/You did not allow: Showing the campaign\./);
    expect(screen.getByRole("link", { name: "Ask again" })).toHaveAttribute(
      "href",
      expect.stringContaining("/meta/oauth/start"),
    );
  });

  it("explains an empty list", async () => {
    withFacebook(aConnection());
    renderApp("/sources?connected=1");
    await screen.findByText(/Facebook showed no page/);
  });
});

describe("a login that did not end well", () => {
  it.each([
    ["declined", "Facebook was not connected"],
    ["expired", "The login took too long"],
    ["failed", "Facebook did not let us in"],
  ])("%s is told in plain words, and closed for good", async (trouble, words) => {
    withFacebook(aConnection(), [aPage()]);
    const { user, router } = renderApp(`/sources?trouble=${trouble}`);
    await screen.findByText(words);
    await user.click(screen.getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByText(words)).toBeNull());
    expect(router.state.matches.at(-1)?.search).toEqual({});
  });
});

describe("the login", () => {
  it("is forgotten only after a question", async () => {
    const { asked } = withFacebook(aConnection(), [aPage()], {
      "DELETE /meta/connection": () => ({ body: {} }),
    });
    const { user } = renderApp("/sources");
    await user.click(await screen.findByRole("button", { name: "Forget this login" }));
    await screen.findByRole("dialog", { name: "Forget the login of Ruben Adler?" });
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
    await user.click(
      screen.getAllByRole("button", { name: "Forget this login" }).at(-1) as HTMLElement,
    );
    await screen.findByText("The login of Ruben Adler is forgotten");
  });
});
