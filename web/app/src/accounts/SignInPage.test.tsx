import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

it("brings somebody who must sign in back to where they wanted to go", async () => {
  let isSignedIn = false;
  fakeServer({
    "GET /me": () => (isSignedIn ? { body: me } : refusal(401, "Please sign in.")),
    "POST /auth/login": () => {
      isSignedIn = true;
      return { body: me };
    },
  });
  const { user, router } = renderApp("/leads?stage=new");
  await user.type(await screen.findByLabelText("Work mail"), "dana@fernhall.example");
  await user.type(screen.getByLabelText("Password"), "four old oaks stand");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(router.state.location.href).toBe("/leads?stage=new"));
});

it("shows the server's words when the password is wrong, and keeps what was typed", async () => {
  fakeServer({
    "GET /me": () => refusal(401, "Please sign in."),
    "POST /auth/login": () => refusal(401, "The mail address or the password is not right."),
  });
  const { user } = renderApp("/sign-in");
  await user.type(await screen.findByLabelText("Work mail"), "dana@fernhall.example");
  await user.type(screen.getByLabelText("Password"), "wrong");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The mail address or the password is not right.",
  );
  expect(screen.getByLabelText("Work mail")).toHaveValue("dana@fernhall.example");
});

it("never sends anybody to another site after signing in", async () => {
  fakeServer({
    "GET /me": () => refusal(401, "Please sign in."),
    "POST /auth/login": () => ({ body: me }),
  });
  const { router } = renderApp("/sign-in?next=https://evil.example/");
  await screen.findByLabelText("Work mail");
  expect(router.state.matches.at(-1)?.search).toEqual({});
});
