import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";
import { aCheck, aConnection, aDelivery, aForm, aPage } from "./madeUpMeta";

const withTabs = (routes: Parameters<typeof fakeServer>[0] = {}) =>
  fakeServer({
    "GET /meta/pages": () => ({ body: { data: [aPage()], next_cursor: null } }),
    "GET /meta/connection": () => ({ body: aConnection() }),
    "GET /meta/forms": () => ({ body: { data: [aForm()], next_cursor: null } }),
    "GET /meta/ledger": () => ({ body: { data: [], checked_at: null } }),
    "GET /meta/deliveries": () => ({ body: { data: [aDelivery()], next_cursor: null } }),
    "GET /meta/pages/page_1/delays": () => ({
      body: { lead_count: 12, meta_to_us: 1.94, us_to_screen: null },
    }),
    ...routes,
  });

describe("the doctor", () => {
  it("tells where the seconds go, and what nobody has looked at yet", async () => {
    withTabs({
      "GET /meta/doctor": () => ({ body: { page_id: "page_1", checked_at: null, checks: [] } }),
    });
    renderApp("/sources?tab=doctor");
    const box = await screen.findByRole("region", { name: "Where the seconds go" });
    await within(box).findByText("1.9 sec");
    within(box).getByText("nobody looked yet");
    within(box).getByText("12 leads that Meta told of at once");
  });

  const checks = [
    aCheck(),
    aCheck({ code: "webhook", title: "Webhook answers" }),
    aCheck({
      code: "leads_access",
      title: "Right to see the leads",
      state: "fail",
      fix: { kind: "link", label: "Give access", url: "https://business.facebook.com/settings" },
    }),
    aCheck({
      code: "subscription",
      title: "Page subscribed",
      state: "warn",
      fix: { kind: "subscribe", label: "Subscribe again", url: null },
    }),
  ];
  const doctor = { page_id: "page_1", checked_at: "2026-04-14T12:58:00Z", checks };

  it("says the verdict in a sentence and puts what needs somebody first", async () => {
    withTabs({ "GET /meta/doctor": () => ({ body: doctor }) });
    renderApp("/sources?tab=doctor");
    await screen.findByText("Two checks pass, one needs you, one is worth a look");
    const titles = screen.getAllByRole("heading", { level: 3 }).map((title) => title.textContent);
    expect(titles[0]).toBe("Needs you: Right to see the leads");
    expect(titles[1]).toBe("Worth a look: Page subscribed");
    expect(screen.getByRole("link", { name: "Give access" })).toHaveAttribute(
      "href",
      "https://business.facebook.com/settings",
    );
  });

  it("mends with one button and looks again", async () => {
    let isMended = false;
    const { asked } = withTabs({
      "GET /meta/doctor": () => ({ body: doctor }),
      "POST /meta/pages/page_1/connect": () => {
        isMended = true;
        return { body: {} };
      },
      "POST /meta/doctor/run": () => ({
        body: { ...doctor, checks: isMended ? [aCheck()] : checks },
      }),
    });
    const { user } = renderApp("/sources?tab=doctor");
    await user.click(await screen.findByRole("button", { name: "Subscribe again" }));
    await waitFor(() => expect(asked.map(({ path }) => path)).toContain("/meta/doctor/run"));
    expect(asked.find(({ path }) => path === "/meta/doctor/run")?.body).toEqual({
      page_id: "page_1",
    });
  });

  it("never links to an address that would run something", async () => {
    const bad = aCheck({
      state: "fail",
      fix: { kind: "link", label: "Click me", url: "javascript:alert(1)" },
    });
    withTabs({ "GET /meta/doctor": () => ({ body: { ...doctor, checks: [bad] } }) });
    renderApp("/sources?tab=doctor");
    await screen.findByText("One needs you");
    expect(screen.queryByRole("link", { name: "Click me" })).toBeNull();
  });

  it("checks now what was never checked", async () => {
    withTabs({
      "GET /meta/doctor": () => ({ body: { page_id: "page_1", checked_at: null, checks: [] } }),
      "POST /meta/doctor/run": () => ({ body: doctor }),
    });
    const { user } = renderApp("/sources?tab=doctor");
    await screen.findByText("This page has not been checked yet");
    await user.click(screen.getByRole("button", { name: "Check now" }));
    await screen.findByText(/Two checks pass/);
  });

  it("did not load: the server's words", async () => {
    withTabs({ "GET /meta/doctor": () => refusal(503, "The doctor is out.") });
    renderApp("/sources?tab=doctor");
    expect(await screen.findByRole("alert")).toHaveTextContent("The doctor is out.");
  });
});

describe("the events", () => {
  it("are filtered in the address bar and by the server", async () => {
    const { asked } = withTabs();
    const { user, router } = renderApp("/sources?tab=events");
    await user.click(await screen.findByRole("link", { name: "Failed" }));
    await waitFor(() =>
      expect(router.state.matches.at(-1)?.search).toEqual({ tab: "events", result: "failed" }),
    );
    await waitFor(() =>
      expect(asked.some(({ query }) => query.get("result") === "failed")).toBe(true),
    );
  });

  it("show what came, masked, and what became of each lead", async () => {
    withTabs({
      "GET /meta/deliveries/delivery_1": () => ({
        body: { ...aDelivery(), body: '{"object":"page"}' },
      }),
    });
    const { user } = renderApp("/sources?tab=events");
    await user.click(await screen.findByRole("button", { name: /1 lead/, expanded: false }));
    await screen.findByText(/"object": "page"/);
    expect(screen.getByRole("link", { name: "Open the lead" })).toHaveAttribute(
      "href",
      "/app/leads/lead_1",
    );
  });

  it("are replayed one or many", async () => {
    const { asked } = withTabs({
      "GET /meta/deliveries": () => ({
        body: { data: [aDelivery(), aDelivery({ id: "delivery_2" })], next_cursor: null },
      }),
      "POST /meta/deliveries/replay": ({ body }) => ({
        status: 202,
        body: { ordered: (body as { ids: string[] }).ids.length },
      }),
    });
    const { user } = renderApp("/sources?tab=events");
    const [first] = await screen.findAllByRole("checkbox");
    await user.click(first as HTMLElement);
    const bar = await screen.findByRole("toolbar");
    await user.click(within(bar).getByRole("button", { name: "Select all 2 shown" }));
    await user.click(within(bar).getByRole("button", { name: "Replay 2" }));
    await screen.findByText("2 deliveries are worked through again");
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
      ids: ["delivery_1", "delivery_2"],
    });
    await waitFor(() => expect(screen.queryByRole("toolbar")).toBeNull());
  });

  it("say what will be here when nothing has come, and when the filter leaves nothing", async () => {
    withTabs({ "GET /meta/deliveries": () => ({ body: { data: [], next_cursor: null } }) });
    const { user } = renderApp("/sources?tab=events");
    await screen.findByText("Nothing has been delivered yet");
    await user.click(screen.getByRole("link", { name: "Failed" }));
    await screen.findByText("Nothing matches");
  });
});

describe("the forms", () => {
  it("show their questions and what each answer becomes", async () => {
    const undecided = { field_id: null, is_new: false };
    const questions = [
      {
        key: "full_name",
        label: "Full name",
        type: "FULL_NAME",
        options: [],
        maps_to: "name",
        ...undecided,
      },
      {
        key: "rooms",
        label: "How many rooms?",
        type: "CUSTOM",
        options: [
          { key: "a", value: "2" },
          { key: "b", value: "3" },
        ],
        maps_to: null,
        ...undecided,
      },
    ];
    withTabs({
      "GET /me": () => ({ body: { ...me, rights: ["read_leads", "read_sources"] } }),
      "GET /meta/forms": () => ({ body: { data: [aForm({ questions })] } }),
    });
    const { user } = renderApp("/sources?tab=forms");
    await user.click(await screen.findByRole("button", { name: /Spring open house/ }));
    expect(await screen.findByRole("row", { name: /Full name/ })).toHaveTextContent("Name");
    const rooms = screen.getByRole("row", { name: /How many rooms/ });
    expect(rooms).toHaveTextContent("2, 3");
    expect(rooms).toHaveTextContent("Kept with the answers");
  });

  it("are turned off, and back when the server refuses", async () => {
    withTabs({
      "PATCH /meta/forms/form_1": () => refusal(403, "Only an owner may do this."),
    });
    const { user } = renderApp("/sources?tab=forms");
    await user.click(
      await screen.findByRole("switch", { name: "Take leads of Spring open house" }),
    );
    await screen.findByText("Only an owner may do this.");
    await waitFor(() => expect(screen.getByRole("switch")).toBeChecked());
  });

  it("have no switch for somebody who may only look", async () => {
    withTabs({
      "GET /me": () => ({ body: { ...me, rights: ["read_leads", "read_sources"] } }),
    });
    renderApp("/sources?tab=forms");
    await screen.findByText("Spring open house");
    expect(screen.queryByRole("switch")).toBeNull();
  });
});
