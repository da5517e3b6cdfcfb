import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const question = { challenge: "YXNrZWQ", rp_id: "localhost", timeout_ms: 300_000 };
const passkey = {
  id: "passkey_1",
  name: "Dana's phone",
  is_synced: true,
  created_at: "2026-04-14T12:58:41Z",
  used_at: null,
};
const asked = vi.fn();
const made = vi.fn();

// A browser that has passkeys, and an authenticator that says yes.
beforeEach(() => {
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("PublicKeyCredential", {});
  asked.mockResolvedValue({
    rawId: bytes("id"),
    response: {
      clientDataJSON: bytes("said"),
      authenticatorData: bytes("data"),
      signature: bytes("signed"),
      userHandle: bytes("dana"),
    },
  });
  made.mockResolvedValue({
    response: { clientDataJSON: bytes("said"), getAuthenticatorData: () => bytes("data") },
  });
  Object.defineProperty(navigator, "credentials", {
    configurable: true,
    value: { get: asked, create: made },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
  Reflect.deleteProperty(navigator, "credentials");
});

describe("signing in with a passkey", () => {
  it("sends what the authenticator signed, without address or password", async () => {
    const server = fakeServer({
      "GET /me": () => refusal(401, "Please sign in."),
      "POST /auth/passkey/challenge": () => ({ body: question }),
      "POST /auth/passkey": () => ({ body: me }),
    });
    const { user, router } = renderApp("/sign-in");
    await user.click(await screen.findByRole("button", { name: "Sign in with a passkey" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/leads"));
    const { publicKey } = asked.mock.lastCall?.[0] ?? {};
    expect(new TextDecoder().decode(publicKey.challenge)).toBe("asked");
    expect(publicKey).toMatchObject({ rpId: "localhost", userVerification: "required" });
    expect(server.asked.find(({ path }) => path === "/auth/passkey")?.body).toEqual({
      credential_id: "aWQ",
      client_data: "c2FpZA",
      authenticator_data: "ZGF0YQ",
      signature: "c2lnbmVk",
      user_handle: "ZGFuYQ",
    });
  });

  it("says so when nothing was confirmed, and what the server says", async () => {
    fakeServer({
      "GET /me": () => refusal(401, "Please sign in."),
      "POST /auth/passkey/challenge": () => ({ body: question }),
      "POST /auth/passkey": () => refusal(401, "This passkey does not sign you in here."),
    });
    asked.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
    const { user } = renderApp("/sign-in");
    const button = await screen.findByRole("button", { name: "Sign in with a passkey" });
    await user.click(button);
    expect(await screen.findByRole("alert")).toHaveTextContent("Nothing was confirmed.");
    await user.click(button);
    await waitFor(() =>
      expect(screen.getByRole("alert")).toHaveTextContent("does not sign you in here"),
    );
  });

  it("is not offered by a browser that has none", async () => {
    vi.stubGlobal("isSecureContext", false);
    fakeServer({ "GET /me": () => refusal(401, "Please sign in.") });
    renderApp("/sign-in");
    await screen.findByLabelText("Work mail");
    expect(screen.queryByRole("button", { name: "Sign in with a passkey" })).toBeNull();
  });

  it("does in place of a code, after the password", async () => {
    const server = fakeServer({
      "GET /me": () => refusal(401, "Please sign in."),
      "POST /auth/passkey/challenge": () => ({ body: question }),
      "POST /auth/login": ({ body }) =>
        (body as { passkey?: unknown }).passkey
          ? { body: me }
          : refusal(422, "Look again.", [
              { field: "code", message: "A code." },
              { field: "passkey", message: "A passkey." },
            ]),
    });
    const { user, router } = renderApp("/sign-in");
    await user.type(await screen.findByLabelText("Work mail"), "dana@fernhall.example");
    await user.type(screen.getByLabelText("Password"), "four old oaks stand");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByLabelText("Code");
    await user.click(screen.getByRole("button", { name: "Use a passkey instead" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/leads"));
    expect(server.asked.filter(({ path }) => path === "/auth/login").at(-1)?.body).toMatchObject({
      email: "dana@fernhall.example",
      passkey: { credential_id: "aWQ" },
    });
  });
});

describe("the own passkeys", () => {
  const account = { ...me, rights: ["signed_in" as const, "own_account" as const] };

  it("are added with the password and named", async () => {
    let list: (typeof passkey)[] = [];
    const server = fakeServer({
      "GET /me": () => ({ body: account }),
      "GET /me/sessions": () => ({ body: { data: [] } }),
      "GET /me/second-factor": () => ({
        body: { since: null, recovery_codes_left: 0, takes_passkey: false },
      }),
      "GET /me/passkeys": () => ({ body: { data: list } }),
      "POST /me/passkeys/challenge": () => ({
        body: {
          ...question,
          user_handle: "ZGFuYQ",
          user_name: "dana@fernhall.example",
          display_name: "Dana",
          algorithms: [-7],
          exclude: ["aWQ"],
        },
      }),
      "POST /me/passkeys": () => {
        list = [passkey];
        return { status: 201, body: passkey };
      },
    });
    const { user } = renderApp("/settings/profile");
    await user.click(await screen.findByRole("button", { name: "Add a passkey" }));
    const name = screen.getByLabelText("Name");
    await user.clear(name);
    await user.type(name, "Dana's phone");
    await user.type(screen.getByLabelText("Your password"), "four old oaks stand");
    await user.click(screen.getByRole("button", { name: "Add it" }));
    expect(await screen.findByText("Dana's phone")).toBeVisible();
    expect(screen.getByText(/on all your devices/)).toBeVisible();
    expect(server.asked.find(({ path }) => path === "/me/passkeys/challenge")?.body).toEqual({
      password: "four old oaks stand",
      code: null,
      passkey: null,
    });
    const { publicKey } = made.mock.lastCall?.[0] ?? {};
    expect(publicKey.authenticatorSelection).toMatchObject({
      residentKey: "required",
      userVerification: "required",
    });
    expect(publicKey.attestation).toBe("none");
    expect(
      server.asked.find(({ method, path }) => method === "POST" && path === "/me/passkeys")?.body,
    ).toEqual({ name: "Dana's phone", client_data: "c2FpZA", authenticator_data: "ZGF0YQ" });
  });

  it("prove their person again, as they choose, before something that cannot be undone", async () => {
    const server = fakeServer({
      "GET /me": () => ({ body: account }),
      "GET /me/sessions": () => ({ body: { data: [] } }),
      "GET /me/second-factor": () => ({
        body: { since: passkey.created_at, recovery_codes_left: 9, takes_passkey: true },
      }),
      "GET /me/passkeys": () => ({ body: { data: [passkey] } }),
      "POST /auth/passkey/challenge": () => ({ body: question }),
      "POST /me/passkeys/passkey_1/remove": ({ body }) =>
        (body as { passkey: unknown }).passkey === null
          ? refusal(422, "Look again.", [{ field: "code", message: "Not right." }])
          : { status: 204 },
    });
    const { user } = renderApp("/settings/profile");
    await user.click(await screen.findByRole("button", { name: "Remove Dana's phone" }));
    await user.type(screen.getByLabelText("Your password"), "four old oaks stand");
    await user.type(await screen.findByLabelText("Code"), "123456");
    await user.click(screen.getByRole("button", { name: "Remove" }));
    expect(await screen.findByText("Not right.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Use a passkey instead" }));
    expect(screen.queryByLabelText("Code")).toBeNull();

    asked.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
    await user.click(screen.getByRole("button", { name: "Remove" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Nothing was confirmed.");
    await user.click(screen.getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.queryByLabelText("Your password")).toBeNull());
    expect(server.asked.findLast(({ path }) => path.endsWith("/remove"))?.body).toMatchObject({
      password: "four old oaks stand",
      code: null,
      passkey: { credential_id: "aWQ" },
    });
  });

  it("are not removed in silence when what is asked for did not load", async () => {
    fakeServer({
      "GET /me": () => ({ body: account }),
      "GET /me/sessions": () => ({ body: { data: [] } }),
      "GET /me/second-factor": () => refusal(503, "Busy."),
      "GET /me/passkeys": () => ({ body: { data: [passkey] } }),
      "POST /me/passkeys/passkey_1/remove": () =>
        refusal(422, "Look again.", [{ field: "code", message: "Type the code." }]),
    });
    const { user } = renderApp("/settings/profile");
    await user.click(await screen.findByRole("button", { name: "Remove Dana's phone" }));
    await user.type(screen.getByLabelText("Your password"), "four old oaks stand");
    await user.click(screen.getByRole("button", { name: "Remove" }));
    expect(await within(screen.getByRole("dialog")).findByRole("alert")).toHaveTextContent(
      "Look again.",
    );
  });

  it("are a second factor for whoever is asked for one", async () => {
    let lacks = true;
    fakeServer({
      "GET /me": () => ({ body: { ...me, lacks_second_factor: lacks } }),
      "GET /me/second-factor": () => ({
        body: { since: null, recovery_codes_left: 0, takes_passkey: false },
      }),
      "POST /me/passkeys/challenge": () => ({
        body: { ...question, user_handle: "ZGFuYQ", algorithms: [-7], exclude: [] },
      }),
      "POST /me/passkeys": () => {
        lacks = false;
        return { status: 201, body: passkey };
      },
    });
    const { user, router } = renderApp("/leads");
    await user.click(await screen.findByRole("button", { name: "Use a passkey instead" }));
    await user.type(screen.getByLabelText("Your password"), "four old oaks stand");
    await user.click(screen.getByRole("button", { name: "Add it" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/leads"));
  });
});
