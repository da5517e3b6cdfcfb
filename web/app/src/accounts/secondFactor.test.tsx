import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const secret = { secret: "GEZDGNBVGY3TQOJQ", uri: "otpauth://totp/Lead%20CRM:dana" };
const codeFault = (message: string) => refusal(422, "Look again.", [{ field: "code", message }]);

describe("a second factor", () => {
  it("is asked for after the password, and sent with it", async () => {
    const { asked } = fakeServer({
      "GET /me": () => refusal(401, "Please sign in."),
      "POST /auth/login": ({ body }) =>
        (body as { code?: string }).code === "123456"
          ? { body: me }
          : codeFault((body as { code?: string }).code ? "This code is not right." : "A code."),
    });
    const { user, router } = renderApp("/sign-in");
    await user.type(await screen.findByLabelText("Work mail"), "dana@fernhall.example");
    await user.type(screen.getByLabelText("Password"), "four old oaks stand");
    await user.click(screen.getByRole("button", { name: "Sign in" }));

    const code = await screen.findByLabelText("Code");
    expect(screen.queryByText("A code.")).toBeNull();
    await user.type(code, "000000");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByText("This code is not right.");
    await user.clear(code);
    await user.type(code, "123456");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/leads"));
    expect(asked.filter(({ path }) => path === "/auth/login").at(-1)?.body).toEqual({
      email: "dana@fernhall.example",
      password: "four old oaks stand",
      code: "123456",
    });
  });

  it("is asked for on open screens too, once everybody needs one", async () => {
    let lacks = false;
    fakeServer({ "GET /me": () => ({ body: { ...me, lacks_second_factor: lacks } }) });
    const { cache, router } = renderApp("/leads");
    await screen.findByRole("heading", { name: "Leads" });
    lacks = true;
    await cache.invalidateQueries({ queryKey: ["me"] });
    await screen.findByRole("heading", { name: "Set up your second factor" });
    expect(router.state.location.pathname).toBe("/second-factor");
  });

  it("is set up before anything else where the organization needs one", async () => {
    const needing = { ...me, organization: { ...me.organization, needs_second_factor: true } };
    let hasOne = false;
    fakeServer({
      "GET /me": () => ({
        body: { ...needing, lacks_second_factor: !hasOne },
      }),
      "POST /me/second-factor": () => ({ body: secret }),
      "POST /me/second-factor/confirm": () => {
        hasOne = true;
        return { body: { codes: ["0123-4567-89ab-cdef"] } };
      },
    });
    const { user, router } = renderApp("/leads");
    await screen.findByRole("heading", { name: "Set up your second factor" });
    await user.type(screen.getByLabelText("Your password"), "four old oaks stand");
    await user.click(screen.getByRole("button", { name: "Next" }));
    await screen.findByRole("img", { name: "QR code for an authenticator app" });
    screen.getByText("GEZD GNBV GY3T QOJQ");
    await user.type(screen.getByLabelText("Code"), "123456");
    await user.click(screen.getByRole("button", { name: "Switch it on" }));
    await screen.findByText("0123-4567-89ab-cdef");
    await user.click(screen.getByRole("button", { name: "I have kept them" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/leads"));
  });
});
