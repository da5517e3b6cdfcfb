import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const unconfirmed = { ...me, user: { ...me.user, is_email_confirmed: false } };

describe("confirming an address", () => {
  it("waits for a person to press the button, and sends the token of the link", async () => {
    const { asked } = fakeServer({ "POST /auth/confirm-email": () => ({ status: 204 }) });
    const { user } = renderApp("/confirm-email#the-token");
    const button = await screen.findByRole("button", { name: "Yes, it is mine" });
    expect(asked.some(({ path }) => path === "/auth/confirm-email")).toBe(false);
    await user.click(button);
    await screen.findByRole("heading", { name: "Your address is confirmed" });
    const { body } = asked.find(({ path }) => path === "/auth/confirm-email") ?? {};
    expect(body).toEqual({ token: "the-token" });
  });

  it("says what the server says when the link is too old", async () => {
    fakeServer({ "POST /auth/confirm-email": () => refusal(404, "This link has been used.") });
    const { user } = renderApp("/confirm-email#old");
    await user.click(await screen.findByRole("button", { name: "Yes, it is mine" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("This link has been used.");
  });

  it("reminds whoever has not, and sends the letter again", async () => {
    const { asked } = fakeServer({
      "GET /me": () => ({ body: unconfirmed }),
      "POST /me/confirmation-letter": () => ({ status: 204 }),
    });
    const { user } = renderApp("/leads");
    await user.click(await screen.findByRole("button", { name: "Send it again" }));
    await screen.findByText(/A new letter is on its way to dana@fernhall.example/);
    expect(asked.some(({ path }) => path === "/me/confirmation-letter")).toBe(true);
  });

  it("does not speak of letters where the server sends none", async () => {
    fakeServer({ "GET /me": () => ({ body: { ...unconfirmed, sends_mail: false } }) });
    renderApp("/leads");
    await screen.findByRole("heading", { name: "Leads" });
    expect(screen.queryByText(/Confirm your address/)).toBeNull();
  });

  it("says nothing to whoever has", async () => {
    fakeServer();
    renderApp("/leads");
    await waitFor(() => expect(screen.queryByText(/Confirm your address/)).toBeNull());
  });
});
