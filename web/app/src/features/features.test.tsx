import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const owner = { ...me, rights: [...me.rights, "manage_organization" as const] };

describe("a feature that is off", () => {
  it("is explained where it would be set up", async () => {
    fakeServer({
      "GET /me": () => ({ body: owner }),
      "GET /organization/features": () => ({ body: { off: ["api_keys"] } }),
      "GET /keys": () => ({ body: { data: [], next_cursor: null } }),
    });
    renderApp("/settings/keys");
    expect(await screen.findByText("Turned off by whoever runs this service")).toBeVisible();
    expect(screen.getByText(/No keys are made here/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "New key" })).toBeNull();
  });
});
