import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { aLead, aRecord, fakeServer, refusal, stages } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";
import type { Lead } from "./leads";

const contacted = { id: "contacted", name: "Contacted", kind: "open" as const };
const won = { id: "won", name: "Won", kind: "won" as const };

// A server that keeps one lead and minds its version.
function oneLead(start: Partial<Lead> = {}) {
  const state = { lead: aLead(start) };
  const server = fakeServer({
    "GET /leads": () => ({ body: { data: [aLead(start)], next_cursor: null } }),
    "GET /leads/lead_1": () => ({ body: aRecord(state.lead) }),
    "PATCH /leads/lead_1": ({ headers, body }) => {
      if (headers.get("if-match") !== `"${state.lead.version}"`) return refusal(412, "Stale.");
      const { stage_id, ...fields } = body as { stage_id?: string };
      const stage = stages.find(({ id }) => id === stage_id);
      state.lead = {
        ...state.lead,
        ...fields,
        ...(stage ? { stage: { id: stage.id, name: stage.name, kind: stage.kind } } : {}),
        version: state.lead.version + 1,
      };
      return { body: state.lead };
    },
  });
  return { state, server };
}

const panel = () => screen.findByRole("complementary", { name: "Ana Lima" });
const stageButton = async () => within(await panel()).findByRole("button", { name: /^Stage:/ });

describe("moving a lead to another stage", () => {
  it("works with a number key, shows at once, and can be undone", async () => {
    const { state } = oneLead();
    const { user } = renderApp("/leads?open=lead_1");
    await waitFor(async () => expect(await stageButton()).toBeEnabled());
    await user.keyboard("2");
    expect(await stageButton()).toHaveTextContent("Contacted");
    await screen.findByText("Ana Lima moved to Contacted");
    expect(state.lead.stage.id).toBe("contacted");

    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(state.lead.stage.id).toBe("new"));
    expect(await stageButton()).toHaveTextContent("New");
  });

  it("meets a faster colleague: both values are shown and nothing is overwritten", async () => {
    const { state } = oneLead();
    const { user } = renderApp("/leads?open=lead_1");
    await waitFor(async () => expect(await stageButton()).toBeEnabled());
    state.lead = { ...state.lead, version: 2, stage: won };

    await user.keyboard("2");
    await screen.findByText("Ana Lima was moved to Won by somebody else. You chose Contacted.");
    expect(await stageButton()).toHaveTextContent("Won");
    expect(state.lead.stage.id).toBe("won");

    await user.click(screen.getByRole("button", { name: "Move to Contacted" }));
    await waitFor(() => expect(state.lead.stage.id).toBe("contacted"));
  });

  it("goes through when the colleague changed something else", async () => {
    const { state } = oneLead();
    const { user } = renderApp("/leads?open=lead_1");
    await waitFor(async () => expect(await stageButton()).toBeEnabled());
    state.lead = { ...state.lead, version: 2, phone: "+447700900999" };

    await user.keyboard("2");
    await screen.findByText("Ana Lima moved to Contacted");
    expect(state.lead).toMatchObject({ stage: contacted, phone: "+447700900999" });
  });
});

describe("editing a contact field", () => {
  const mail = async () => within(await panel()).findByRole("textbox", { name: "Mail" });

  it("saves when the field is left", async () => {
    const { state } = oneLead();
    const { user } = renderApp("/leads?open=lead_1");
    await user.clear(await mail());
    await user.type(await mail(), "ana@new.example");
    await user.tab();
    await screen.findByText("saved");
    expect(state.lead.email).toBe("ana@new.example");
  });

  it("takes back what was typed on Esc, and leaves the lead open", async () => {
    const { server } = oneLead();
    const { user } = renderApp("/leads?open=lead_1");
    await user.type(await mail(), "xyz{Escape}");
    expect(await mail()).toHaveValue("ana@example.com");
    expect(await panel()).toBeVisible();
    expect(server.asked.some(({ method }) => method === "PATCH")).toBe(false);
  });

  it("shows both values on a conflict and lets the person choose", async () => {
    const { state } = oneLead();
    const { user } = renderApp("/leads?open=lead_1");
    await user.clear(await mail());
    state.lead = { ...state.lead, version: 2, email: "theirs@example.com" };
    await user.type(await mail(), "mine@example.com");
    await user.tab();
    await screen.findByText(/Theirs: theirs@example.com\. Yours: mine@example.com/);
    expect(state.lead.email).toBe("theirs@example.com");

    await user.click(screen.getByRole("button", { name: "Use mine" }));
    await waitFor(() => expect(state.lead.email).toBe("mine@example.com"));
  });
});
