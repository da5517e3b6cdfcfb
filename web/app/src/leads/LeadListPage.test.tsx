import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeStream } from "../app/FakeStream";
import { aLead, aRecord, fakeServer, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const two = [
  aLead({ id: "lead_1", name: "Ana Lima" }),
  aLead({ id: "lead_2", name: "Tom Reyes", submitted_at: "2026-04-14T12:00:00Z", is_test: true }),
];
const withLeads = () =>
  fakeServer({
    "GET /leads": () => ({ body: { data: two, next_cursor: null } }),
    "GET /leads/count": () => ({ body: { count: 10000, capped: true } }),
    "GET /leads/lead_1": () => ({ body: aRecord({ name: "Ana Lima" }) }),
    "GET /leads/lead_2": () => ({ body: aRecord({ id: "lead_2", name: "Tom Reyes" }) }),
  });
const row = (name: string) => screen.findByRole("row", { name: new RegExp(name) });

describe("the four states of the list", () => {
  it("shows grey rows while it loads, though not at once", async () => {
    fakeServer({ "GET /leads": () => new Promise(() => {}) });
    renderApp("/leads");
    await screen.findByRole("heading", { name: "Leads" });
    expect(screen.queryByRole("status", { name: "The leads are loading" })).toBeNull();
    await screen.findByRole("status", { name: "The leads are loading" });
  });

  it("shows the server's words, its code, and asks again", async () => {
    let isDown = true;
    fakeServer({
      "GET /leads": () =>
        isDown
          ? refusal(500, "The database is being moved.")
          : { body: { data: two, next_cursor: null } },
    });
    const { user } = renderApp("/leads");
    const trouble = await screen.findByRole("alert");
    expect(trouble).toHaveTextContent("These leads did not load");
    expect(trouble).toHaveTextContent("The database is being moved.");
    expect(trouble).toHaveTextContent("req-7f2");
    isDown = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await row("Ana Lima");
  });

  it("says what to do first when there are no leads yet", async () => {
    fakeServer();
    renderApp("/leads");
    await screen.findByText("No leads yet");
    expect(screen.getByRole("link", { name: "Go to Sources" })).toHaveAttribute(
      "href",
      "/app/sources",
    );
  });

  it("says when only the filters leave nothing, and clears them", async () => {
    fakeServer({
      "GET /leads": ({ query }) => ({
        body: { data: query.has("stage") ? [] : two, next_cursor: null },
      }),
    });
    const { user, router } = renderApp("/leads?stage=won&sort=name");
    await screen.findByText("Nothing matches");
    await user.click(screen.getByRole("button", { name: "Clear the filters" }));
    await row("Ana Lima");
    expect(router.state.matches.at(-1)?.search).toEqual({ sort: "name" });
  });

  it("shows the leads, marks test leads and says when there are more than were counted", async () => {
    withLeads();
    renderApp("/leads");
    expect(await row("Tom Reyes")).toHaveTextContent("Test lead");
    await screen.findByText("10,000+ leads");
  });
});

describe("working with the list", () => {
  it("opens with Enter, moves with J and closes with Esc, all in the address bar", async () => {
    withLeads();
    const { user, router } = renderApp("/leads?stage=new");
    await row("Ana Lima");
    await user.keyboard("{Enter}");
    await screen.findByRole("complementary", { name: "Ana Lima" });
    await user.keyboard("j");
    await screen.findByRole("complementary", { name: "Tom Reyes" });
    expect(router.state.matches.at(-1)?.search).toEqual({ stage: ["new"], open: "lead_2" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("complementary")).toBeNull());
    expect(router.state.matches.at(-1)?.search).toEqual({ stage: ["new"] });
  });

  it("asks the server in the order of the header that was pressed", async () => {
    const { asked } = withLeads();
    const { user } = renderApp("/leads");
    await row("Ana Lima");
    await user.click(screen.getByRole("button", { name: "Name" }));
    await waitFor(() => expect(asked.some(({ query }) => query.get("sort") === "name")).toBe(true));
    expect(screen.getByRole("columnheader", { name: "Name" })).toHaveAttribute(
      "aria-sort",
      "ascending",
    );
  });

  it("keeps chosen filters in the address and takes them away with the chip", async () => {
    withLeads();
    const { user, router } = renderApp("/leads");
    await row("Ana Lima");
    await user.click(screen.getByRole("button", { name: "Filter" }));
    await user.click(await screen.findByRole("menuitem", { name: "Stage" }));
    await user.click(await screen.findByRole("checkbox", { name: "Contacted" }));
    await waitFor(() =>
      expect(router.state.matches.at(-1)?.search).toEqual({ stage: ["contacted"] }),
    );
    await user.click(screen.getByRole("button", { name: "Remove the filter Stage" }));
    await waitFor(() => expect(router.state.matches.at(-1)?.search).toEqual({}));
  });

  it("shows a lead that arrives without being asked again", async () => {
    withLeads();
    renderApp("/leads");
    await row("Ana Lima");
    FakeStream.latest.say("lead.created", {
      lead: aLead({ id: "lead_3", name: "Mei Ling Tan", submitted_at: "2026-04-14T13:30:00Z" }),
      kind: "lead.created",
    });
    await row("Mei Ling Tan");
  });
});
