import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeStream } from "../app/FakeStream";
import { aLead, fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";
import { aConnection, aForm, aLine, aPage, refused } from "./madeUpMeta";
import type { MetaPage } from "./metaShapes";

const rentals = aPage({
  page_id: "page_2",
  name: "Fernhall Rentals",
  rhythm: { state: "quiet", expected: 4, since: "2026-04-14T10:00:00Z" },
});

const withPages = (
  pages: MetaPage[] = [aPage(), rentals],
  routes: Parameters<typeof fakeServer>[0] = {},
) =>
  fakeServer({
    "GET /meta/pages": () => ({ body: { data: pages, next_cursor: null } }),
    "GET /meta/connection": () => ({ body: aConnection() }),
    "GET /meta/forms": () => ({ body: { data: [aForm()], next_cursor: null } }),
    "GET /meta/ledger": () => ({ body: { data: [], checked_at: null } }),
    ...routes,
  });
const card = (name: string) => screen.findByRole("link", { name: new RegExp(`^${name}`) });

describe("the pages", () => {
  it("say who connected them, when the last lead came, and when they are too quiet", async () => {
    withPages();
    renderApp("/sources");
    expect(await card("Fernhall Homes")).toHaveTextContent("by Dana");
    expect(await card("Fernhall Homes")).toHaveTextContent("Normal rhythm");
    expect(await card("Fernhall Rentals")).toHaveTextContent("Unusually quiet");
    const label = "3 leads in the last 24 hours";
    expect(within(await card("Fernhall Homes")).getByRole("img", { name: label })).toBeVisible();
  });

  it("are chosen in the address bar, and ledger and doctor follow", async () => {
    const { asked } = withPages();
    const { user, router } = renderApp("/sources");
    await user.click(await card("Fernhall Homes"));
    await waitFor(() => expect(router.state.matches.at(-1)?.search).toEqual({ page: "page_1" }));
    expect(await card("Fernhall Homes")).toHaveAttribute("aria-current", "page");
    expect(await card("Fernhall Rentals")).not.toHaveAttribute("aria-current");
    await waitFor(() =>
      expect(
        asked.some(
          ({ path, query }) => path === "/meta/ledger" && query.get("page_id") === "page_1",
        ),
      ).toBe(true),
    );
  });

  it("show a new lead as the last one without being asked again", async () => {
    withPages([aPage({ hours: [0, 0] })]);
    renderApp("/sources");
    await card("Fernhall Homes");
    FakeStream.latest.say("lead.created", {
      lead: aLead({ submitted_at: new Date().toISOString() }),
      kind: "lead.created",
    });
    await waitFor(async () =>
      expect(await card("Fernhall Homes")).toHaveTextContent("Last lead now"),
    );
  });

  it("did not load: the server's words, and again", async () => {
    let isDown = true;
    withPages([aPage()], {
      "GET /meta/pages": () =>
        isDown ? refusal(500, "The database is being moved.") : { body: { data: [aPage()] } },
    });
    const { user } = renderApp("/sources");
    expect(await screen.findByRole("alert")).toHaveTextContent("The database is being moved.");
    isDown = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await card("Fernhall Homes");
  });

  it("tell somebody who may not connect anything that an owner can", async () => {
    withPages([], { "GET /me": () => ({ body: { ...me, rights: ["read_leads"] } }) });
    renderApp("/sources");
    await screen.findByText(/An owner can connect one here/);
    expect(screen.queryByRole("link", { name: /Connect/ })).toBeNull();
  });
});

describe("a page in trouble", () => {
  const stopped = aPage({ problems: [refused] });

  it("says why, since when, and gives the one way out", async () => {
    withPages([stopped]);
    renderApp("/sources");
    const trouble = await screen.findByRole("alert");
    expect(trouble).toHaveTextContent(refused.message);
    const fix = within(trouble).getByRole("link", { name: "Give access in Business Settings" });
    expect(fix).toHaveAttribute("href", expect.stringMatching(/^https:\/\/business\.facebook/));
  });

  it("is mended by connecting again when the login is what died", async () => {
    withPages([aPage({ problems: [{ ...refused, code: "reconnect" }] })]);
    renderApp("/sources");
    const fix = await screen.findByRole("link", { name: "Connect Facebook again" });
    expect(fix).toHaveAttribute("href", "/meta/oauth/start?return=%2Fapp%2Fsources");
  });

  it("stands above every other screen of the owner, and of nobody else", async () => {
    const { page_id, name: page_name } = stopped;
    withPages([stopped], {
      "GET /meta/problems": () => ({ body: { data: [{ page_id, page_name, ...refused }] } }),
    });
    renderApp("/leads");
    const banner = await screen.findByRole("alert");
    expect(banner).toHaveTextContent("Leads of Fernhall Homes do not come in.");
    expect(within(banner).getByRole("link")).toHaveAttribute("href", "/app/sources?page=page_1");
  });

  it("is no business of somebody who cannot mend it", async () => {
    withPages([stopped], { "GET /me": () => ({ body: { ...me, rights: ["read_leads"] } }) });
    renderApp("/leads");
    await screen.findByText("No leads yet");
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("disconnecting", () => {
  it("asks first and says what stays", async () => {
    const { asked } = withPages([aPage()], {
      "POST /meta/pages/page_1/disconnect": () => ({ body: {} }),
    });
    const { user } = renderApp("/sources");
    await user.click(await screen.findByRole("button", { name: "More about Fernhall Homes" }));
    await user.click(await screen.findByRole("menuitem", { name: "Disconnect" }));
    const question = await screen.findByRole("dialog", { name: "Disconnect Fernhall Homes?" });
    expect(question).toHaveTextContent("All leads that are here stay");
    expect(asked.some(({ method }) => method === "POST")).toBe(false);
    await user.click(within(question).getByRole("button", { name: "Disconnect" }));
    await screen.findByText("Fernhall Homes is disconnected");
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("the lead ledger", () => {
  const today = new Date().toISOString().slice(0, 10);

  it("says in one sentence that everything is here, and what was repaired", async () => {
    withPages([aPage()], {
      "GET /meta/ledger": () => ({
        body: {
          data: [
            aLine({ day: today }),
            aLine({
              form_id: "form_2",
              form_name: "Price list",
              day: today,
              meta: 3,
              ours: 3,
              repaired: 3,
              state: "repaired",
            }),
          ],
          checked_at: null,
        },
      }),
    });
    renderApp("/sources");
    await screen.findByText("Meta 15 = us 15");
    await screen.findByText(/3 were missing and were fetched again by themselves/);
    const row = screen.getByRole("row", { name: /Price list/ });
    expect(row).toHaveTextContent("3 of 3 are here, 3 fetched again");
    expect(screen.getByRole("link", { name: "Download proof" })).toHaveAttribute(
      "href",
      "/api/v1/meta/ledger.csv?page_id=page_1&days=7",
    );
  });

  it("says how many are still to come and why some never can", async () => {
    withPages([aPage()], {
      "GET /meta/ledger": () => ({
        body: {
          data: [
            aLine({ day: today, ours: 10, state: "missing" }),
            aLine({
              form_id: "form_2",
              form_name: "Price list",
              day: today,
              meta: 3,
              ours: 2,
              impossible: 1,
              state: "impossible",
              reason: "Meta deleted it.",
            }),
          ],
          checked_at: null,
        },
      }),
    });
    renderApp("/sources");
    await screen.findByText("Meta 15, us 12");
    const story = await screen.findByText(/2 are still to come\./);
    expect(story).toHaveTextContent("One cannot be fetched.");
    expect(screen.getByRole("row", { name: /Price list/ })).toHaveTextContent("Meta deleted it.");
  });
});

describe("Meta's own download", () => {
  const csv = new File(["id,full_name\n1,Ana\n"], "leads.csv", { type: "text/csv" });

  it("is taken as it is and told row by row", async () => {
    const { asked } = withPages([aPage()], {
      "POST /meta/leads-file": () => ({
        body: {
          rows: 4,
          stored: 2,
          known: 1,
          rejected: [{ line: 3, reason: "There is no lead id." }],
        },
      }),
    });
    const { user } = renderApp("/sources");
    await screen.findByRole("button", { name: "Choose a file" });
    await user.upload(screen.getByLabelText("CSV file from Meta"), csv);
    await screen.findByText(/4 rows read\. 2 leads are new\. 1 was here already\./);
    expect(screen.getByText("There is no lead id.", { exact: false })).toBeVisible();
    const sent = asked.find(({ path }) => path === "/meta/leads-file");
    expect(sent?.headers.get("content-type")).toBe("text/csv");
  });

  it("is refused in the server's words", async () => {
    withPages([aPage()], {
      "POST /meta/leads-file": () => refusal(422, "This file holds no leads."),
    });
    const { user } = renderApp("/sources");
    await screen.findByRole("button", { name: "Choose a file" });
    await user.upload(screen.getByLabelText("CSV file from Meta"), csv);
    expect(await screen.findByRole("alert")).toHaveTextContent("This file holds no leads.");
  });
});
