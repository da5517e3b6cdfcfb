import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const joe = { ...me.user, id: "user_2", name: "Joe Park", is_email_confirmed: false };

describe("looking as somebody else", () => {
  it("is said on every screen, with the way back and without what changes something", async () => {
    const { asked } = fakeServer({
      "GET /me": () => ({
        body: {
          ...me,
          user: joe,
          role: "agent",
          rights: ["signed_in", "read_leads", "write_leads"],
          organization: { ...me.organization, needs_second_factor: true },
          viewer: { id: me.user.id, name: me.user.name },
        },
      }),
      "GET /leads": () => ({ body: { data: [], next_cursor: null } }),
      "DELETE /me/view": () => ({ status: 204 }),
    });
    const { user } = renderApp("/settings/profile");
    expect(await screen.findByText("You look as Joe Park.")).toBeVisible();
    expect(screen.getByText(/Joe Park's own account is not shown/)).toBeVisible();
    await user.keyboard("p");
    await user.click(screen.getByRole("button", { name: "End the view" }));
    await expect
      .poll(() => asked.filter(({ method }) => method !== "GET").map(({ path }) => path))
      .toEqual(["/me/view"]);
  });
});
