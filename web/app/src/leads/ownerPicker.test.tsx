import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { aLead, aRecord, fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const joe = { id: "user_2", name: "Joe Park" };

// One lead that nobody has, seen by an owner.
function unassigned(take: () => { status?: number; body?: unknown }) {
  let owner: typeof joe | null = null;
  return fakeServer({
    "GET /me": () => ({ body: { ...me, rights: [...me.rights, "assign_leads"] } }),
    "GET /assignees": () => ({ body: { data: [joe], next_cursor: null } }),
    "GET /leads": () => ({ body: { data: [aLead({ owner })], next_cursor: null } }),
    "GET /leads/lead_1": () => ({ body: aRecord({ owner }) }),
    "POST /leads/lead_1/take": take,
    "POST /leads/assign": ({ body }) => {
      owner = (body as { owner_id?: string }).owner_id === joe.id ? joe : null;
      return { body: { changed: 1 } };
    },
  });
}

const panel = () => screen.findByRole("complementary", { name: "Ana Lima" });

describe("whose lead it is", () => {
  it("is one's own after taking it", async () => {
    const mine = aLead({ owner: { id: me.user.id, name: me.user.name }, version: 2 });
    const { asked } = unassigned(() => ({ body: mine }));
    const { user } = renderApp("/leads?open=lead_1");
    await user.click(await within(await panel()).findByRole("button", { name: "Take it" }));
    await expect.poll(() => asked.some(({ path }) => path === "/leads/lead_1/take")).toBe(true);
  });

  it("says who was faster", async () => {
    unassigned(() => refusal(409, "Somebody else has taken this lead."));
    const { user } = renderApp("/leads?open=lead_1");
    await user.click(await within(await panel()).findByRole("button", { name: "Take it" }));
    await screen.findByText("Somebody else has taken this lead.");
  });

  it("is whoever's an owner chooses", async () => {
    const { asked } = unassigned(() => refusal(500, ""));
    const { user } = renderApp("/leads?open=lead_1");
    await user.click(await within(await panel()).findByRole("button", { name: "Give to" }));
    await user.click(await screen.findByRole("menuitemradio", { name: /Joe Park/ }));
    await expect
      .poll(async () => within(await panel()).queryByRole("button", { name: "Take it" }))
      .toBeNull();
    const { body } = asked.find(({ path }) => path === "/leads/assign") ?? {};
    expect(body).toEqual({ ids: ["lead_1"], owner_id: joe.id });
  });
});
