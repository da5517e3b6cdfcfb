import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

async function fillIn(user: ReturnType<typeof renderApp>["user"]) {
  await user.type(await screen.findByLabelText("Name of the organization"), "Fernhall");
  await user.type(screen.getByLabelText("Your name"), "Dana");
  await user.type(screen.getByLabelText("Work mail"), "dana@fernhall.example");
  await user.type(screen.getByLabelText("Password"), "four old oaks stand");
}

describe("registering", () => {
  it("puts what the server says about a field at that field", async () => {
    fakeServer({
      "POST /auth/register": () =>
        refusal(422, "Some fields need another look.", [
          { field: "email", message: "This address is in use already." },
        ]),
    });
    const { user } = renderApp("/register");
    await fillIn(user);
    await user.click(screen.getByRole("button", { name: "Start" }));

    const mail = screen.getByLabelText("Work mail");
    await waitFor(() =>
      expect(mail).toHaveAccessibleDescription("This address is in use already."),
    );
    expect(mail).toBeInvalid();
    expect(mail).toHaveFocus();
    expect(screen.getByLabelText("Your name")).toBeValid();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says above the form what belongs to no field", async () => {
    fakeServer({
      "POST /auth/register": () => refusal(429, "Too many tries. Please wait a minute."),
    });
    const { user } = renderApp("/register");
    await fillIn(user);
    await user.click(screen.getByRole("button", { name: "Start" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "Too many tries. Please wait a minute.",
    );
  });

  it("sends where the person probably is, and goes on to the leads", async () => {
    const { asked } = fakeServer({ "POST /auth/register": () => ({ status: 201, body: me }) });
    const { user, router } = renderApp("/register");
    await fillIn(user);
    await user.click(screen.getByRole("button", { name: "Start" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/leads"));
    const { body } = asked.find(({ path }) => path === "/auth/register") ?? {};
    expect(body).toMatchObject({
      organization_name: "Fernhall",
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    expect(body).not.toHaveProperty("phone");
  });

  it("tells how good the password is while it is typed", async () => {
    fakeServer();
    const { user } = renderApp("/register");
    await user.type(await screen.findByLabelText("Password"), "four");
    screen.getByText("4 more characters");
    await user.type(screen.getByLabelText("Password"), " oaks standing");
    screen.getByText("Strong");
  });
});
