import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { aLead, aRecord, fakeServer, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const aField = (key: string, label: string, type: string, more: object = {}) => ({
  id: `field_${key}`,
  key,
  label,
  type,
  options: [],
  currency: null,
  is_archived: false,
  created_at: "2026-04-14T12:00:00Z",
  version: 1,
  ...more,
});

const fields = [
  aField("budget", "Budget", "money", { currency: "EUR" }),
  aField("plan", "Plan", "select", { options: [{ key: "a", label: "Basic" }] }),
  aField("rooms", "Rooms", "number"),
];

function withLead(routes: Parameters<typeof fakeServer>[0] = {}) {
  const lead = { custom: { budget: { amount_minor: 120000, currency: "EUR" } } };
  const server = fakeServer({
    "GET /fields": () => ({ body: { data: fields } }),
    "GET /leads/lead_1": () => ({
      body: { ...aRecord(lead), misfits: { rooms: "two or three" } },
    }),
    "PATCH /leads/lead_1": ({ body }) => ({
      body: aLead({ version: 2, custom: (body as { custom: object }).custom as never }),
    }),
    ...routes,
  });
  return { ...server, ...renderApp("/leads/lead_1") };
}

describe("the custom fields of a lead", () => {
  it("show what is known, what did not fit, and the others on demand", async () => {
    const { user } = withLead();
    expect(await screen.findByLabelText("Budget (EUR)")).toHaveValue("1200.00");
    expect(screen.getByText(/Answered “two or three”/)).toBeVisible();
    expect(screen.queryByLabelText("Plan")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show 1 empty field" }));
    expect(screen.getByLabelText("Plan")).toBeVisible();
  });

  it("are saved where they stand, with the version that was seen", async () => {
    const { asked, user } = withLead();
    const budget = await screen.findByLabelText("Budget (EUR)");
    await user.clear(budget);
    await user.type(budget, "1.500,50{Enter}");
    await waitFor(() => expect(asked.some(({ method }) => method === "PATCH")).toBe(true));
    const patch = asked.find(({ method }) => method === "PATCH");
    expect(patch?.headers.get("if-match")).toBe('"1"');
    expect(patch?.body).toEqual({
      custom: { budget: { amount_minor: 150050, currency: "EUR" } },
    });
  });

  it("say what the server does not take", async () => {
    const { user } = withLead({
      "PATCH /leads/lead_1": () =>
        refusal(422, "Some fields are wrong.", [
          { field: "custom.rooms", message: "Please give a number." },
        ]),
    });
    const rooms = await screen.findByLabelText("Rooms");
    await user.type(rooms, "many{Enter}");
    expect(await screen.findByText("Please give a number.")).toBeVisible();
  });
});
