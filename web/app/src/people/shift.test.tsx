import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const since = "2026-03-02T09:00:00Z";

// Dana, who gives leads, and Joe, who gets some.
function crew() {
  const paused = { [me.user.id]: false, user_2: true };
  const at = (id: keyof typeof paused) => (paused[id] ? since : null);
  const pause = (id: string) => (body: unknown) => {
    paused[id as keyof typeof paused] = (body as { is_paused: boolean }).is_paused;
    return { status: 204 };
  };
  const mine = pause(me.user.id);
  const joes = pause("user_2");
  return fakeServer({
    "GET /me": () => ({
      body: { ...me, paused_at: at(me.user.id), rights: [...me.rights, "assign_leads"] },
    }),
    "GET /leads": () => ({ body: { data: [], next_cursor: null } }),
    "GET /assignees": () => ({
      body: {
        data: [
          { id: me.user.id, name: me.user.name, paused_at: at(me.user.id) },
          { id: "user_2", name: "Joe Park", paused_at: at("user_2") },
        ],
        next_cursor: null,
      },
    }),
    "PUT /me/availability": ({ body }) => mine(body),
    "PUT /members/user_2/availability": ({ body }) => joes(body),
  });
}

describe("who is on shift", () => {
  it("is said of oneself in the own menu, and stands beside the own name", async () => {
    const { asked } = crew();
    const { user } = renderApp("/settings/shift");
    await user.click(await screen.findByRole("button", { name: /Dana Whitlock/ }));
    await user.click(await screen.findByRole("menuitem", { name: /Pause/ }));
    expect(await screen.findByText("Owner · Paused")).toBeVisible();
    expect(asked.find(({ path }) => path === "/me/availability")?.body).toEqual({
      is_paused: true,
    });
  });

  it("is said by a key too", async () => {
    crew();
    const { user } = renderApp("/settings/shift");
    expect(await screen.findByText("Owner · On shift")).toBeVisible();
    await user.keyboard("p");
    expect(await screen.findByText("Owner · Paused")).toBeVisible();
    await user.keyboard("p");
    expect(await screen.findByText("Owner · On shift")).toBeVisible();
  });

  it("is seen and changed by whoever gives leads", async () => {
    crew();
    const { user } = renderApp("/settings/shift");
    const joe = await screen.findByRole("switch", { name: "Joe Park is on shift" });
    expect(joe).not.toBeChecked();
    await user.click(joe);
    await expect.poll(() => joe).toBeChecked();
  });
});
