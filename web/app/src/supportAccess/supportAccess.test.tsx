import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const grant = (changes = {}) => ({
  id: "support_1",
  granted_by: "Dana Whitlock",
  granted_at: new Date().toISOString(),
  expires_at: inAnHour(),
  reason: null,
  opened_at: null,
  ...changes,
});
const owner = { ...me, rights: [...me.rights, "manage_organization" as const] };

describe("support access", () => {
  it("is said to everybody; only an owner can end it", async () => {
    fakeServer({
      "GET /me": () => ({ body: { ...me, role: "agent", rights: ["signed_in", "read_leads"] } }),
      "GET /organization/support-access": () => ({ body: { grant: grant(), request: null } }),
    });
    renderApp("/leads");
    expect(await screen.findByText(/Support may look until/)).toBeVisible();
    expect(screen.getByText(/Dana Whitlock has allowed it/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "End now" })).toBeNull();
  });

  it("is ended from the banner", async () => {
    let live: unknown = grant();
    const { asked } = fakeServer({
      "GET /me": () => ({ body: owner }),
      "GET /organization/support-access": () => ({ body: { grant: live, request: null } }),
      "DELETE /organization/support-access": () => {
        live = null;
        return { status: 204 };
      },
    });
    const { user } = renderApp("/leads");
    await user.click(await screen.findByRole("button", { name: "End now" }));
    await expect.poll(() => screen.queryByText(/Support may look until/)).toBeNull();
    expect(asked.some(({ method }) => method === "DELETE")).toBe(true);
  });

  it("is over at its hour, whatever the server said before", async () => {
    fakeServer({
      "GET /me": () => ({ body: owner }),
      "GET /organization/support-access": () => ({
        body: {
          grant: grant({ expires_at: new Date(Date.now() + 1500).toISOString() }),
          request: null,
        },
      }),
    });
    renderApp("/leads");
    expect(await screen.findByText(/Support may look until/)).toBeVisible();
    await expect
      .poll(() => screen.queryByText(/Support may look until/), { timeout: 4000 })
      .toBeNull();
  });

  it("tells support where it looks and at what, and hides what is closed to it", async () => {
    fakeServer({
      "GET /me": () => ({
        body: {
          ...owner,
          user: { ...me.user, name: "Ann" },
          viewer: { id: me.user.id, name: "Ann" },
          is_support: true,
          organizations: [],
        },
      }),
      "GET /organization/support-access": () => ({
        body: { grant: grant({ reason: "The spring form." }), request: null },
      }),
    });
    renderApp("/settings/profile");
    expect(await screen.findByText("You look into Fernhall Homes as support.")).toBeVisible();
    expect(await screen.findByText(/You were asked to look at: The spring form\./)).toBeVisible();
    expect(screen.queryByText(/Support may look until/)).toBeNull();
    expect(screen.queryByRole("link", { name: /API keys/ })).toBeNull();
    expect(screen.getByRole("link", { name: /Audit log/ })).toBeVisible();
  });

  it("is asked for by support: an owner says for how long, or no", async () => {
    let request: unknown = {
      id: "request_1",
      asked_by: "Ann",
      asked_at: new Date().toISOString(),
      expires_at: inAnHour(),
      reason: "Why the spring form brings nothing.",
    };
    const { asked } = fakeServer({
      "GET /me": () => ({ body: owner }),
      "GET /organization/support-access": () => ({ body: { grant: null, request } }),
      "DELETE /organization/support-request": () => {
        request = null;
        return { status: 204 };
      },
      "POST /organization/support-access": () => ({ status: 201, body: grant() }),
    });
    const { user } = renderApp("/leads");
    expect(await screen.findByText("Ann of support asks to look.")).toBeVisible();
    await user.click(screen.getByRole("link", { name: "Answer" }));
    expect(await screen.findByText("Why the spring form brings nothing.")).toBeVisible();
    expect(screen.queryByRole("link", { name: "Answer" })).toBeNull();
    await user.selectOptions(screen.getByLabelText("For"), "1 day");
    await user.click(screen.getByRole("button", { name: "Allow for 1 day" }));
    await expect
      .poll(() => asked.find(({ method }) => method === "POST")?.body)
      .toEqual({ length: "day", reason: "Why the spring form brings nothing." });
    await user.click(screen.getByRole("button", { name: "Decline" }));
    expect(await screen.findByRole("button", { name: "Let support look" })).toBeVisible();
  });
});
