import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const ann = {
  ...me,
  user: { ...me.user, name: "Ann", has_second_factor: true },
  organization: null,
  role: null,
  rights: ["signed_in", "own_account", "operate_platform"],
  organizations: [],
  is_platform_admin: true,
};
const line = {
  id: "org_1",
  name: "Fernhall Homes",
  state: "suspended",
  plan: "team",
  asks_for: "business",
  members: 4,
  seats: 15,
  pages: 2,
  failing_pages: 1,
  leads_30_days: 1284,
  last_lead_at: null,
  lag_p99_seconds: 1.9,
  graph_error_share: 0.125,
  created_at: "2026-04-14T12:00:00Z",
};

const server = {
  version: "0.1.0",
  started_at: "2026-04-14T09:00:00Z",
  database: "SQLite 3.40.1",
  migration: "0043_operating",
  newest_backup_at: null,
};

describe("operating the service", () => {
  it("is where whoever has no organization gets, wherever they wanted", async () => {
    fakeServer({
      "GET /me": () => ({ body: ann }),
      "GET /platform/organizations": () => ({ body: { data: [line], next_cursor: null } }),
    });
    const { router } = renderApp("/leads/lead_1");
    expect(await screen.findByRole("link", { name: "Fernhall Homes" })).toBeVisible();
    expect(router.state.location.pathname).toBe("/platform");
    expect(screen.getByText("Suspended")).toBeVisible();
    expect(screen.getByText("wants business")).toBeVisible();
    expect(screen.getByText("4 of 15")).toBeVisible();
    expect(screen.getByText("1,284")).toBeVisible();
    expect(screen.getByText("12.5%")).toBeVisible();
  });

  it("asks for a second factor before anything else", async () => {
    fakeServer({
      "GET /me": () => ({ body: { ...ann, lacks_second_factor: true } }),
    });
    const { router } = renderApp("/platform");
    expect(await screen.findByText(/Whoever operates the service signs in/)).toBeVisible();
    expect(router.state.location.pathname).toBe("/second-factor");
  });

  it("is not shown to people of an organization", async () => {
    fakeServer();
    const { router } = renderApp("/platform");
    await expect.poll(() => router.state.location.pathname).toBe("/leads");
  });

  it("says when a list did not load, and that one was not found", async () => {
    fakeServer({
      "GET /me": () => ({ body: ann }),
      "GET /platform/organizations": ({ query }) =>
        query.get("q") === null
          ? refusal(500, "Something broke.")
          : { body: { data: [], next_cursor: null } },
    });
    const { user } = renderApp("/platform");
    expect(await screen.findByText("The organizations did not load")).toBeVisible();
    await user.type(screen.getByLabelText("Find an organization"), "glo");
    expect(await screen.findByText("No organization is called so")).toBeVisible();
  });

  it("shows whose calls to Meta fail, and when", async () => {
    fakeServer({
      "GET /me": () => ({ body: ann }),
      "GET /platform/health": () => ({
        body: { server, queue: [], lags: [], graph_calls: [], failing_pages: [] },
      }),
      "GET /platform/graph-errors": () => ({
        body: {
          first_hour: "2026-04-07T13:00:00Z",
          last_hour: "2026-04-14T12:00:00Z",
          organizations: [
            {
              organization_id: "org_1",
              organization: "Fernhall Homes",
              calls: 1_210,
              errors: 12,
              hours: [
                { hour: "2026-04-14T10:00:00Z", calls: 1_200, errors: 0 },
                { hour: "2026-04-14T12:00:00Z", calls: 10, errors: 12 },
              ],
            },
          ],
        },
      }),
    });
    renderApp("/platform/health");
    expect(await screen.findByText("12 of 1,210")).toBeVisible();
    expect(screen.getByText("SQLite 3.40.1")).toBeVisible();
    expect(screen.getByText(/None in the folder of backups/)).toBeVisible();
    const table = screen.getByRole("table", { name: "" });
    const row = within(table).getAllByRole("row").at(-1);
    expect(row?.querySelectorAll("td")).toHaveLength(169);
    expect(screen.getByTitle("12 of 10")).toHaveTextContent("12");
  });

  it("lets a job that failed for good begin anew", async () => {
    const { asked } = fakeServer({
      "GET /me": () => ({ body: ann }),
      "GET /platform/dead-letters": () => ({
        body: {
          data: [
            {
              id: "job_1",
              kind: "meta.fetch_leads",
              organization_id: null,
              failures: 12,
              died_at: "2026-04-14T12:00:00Z",
              trouble: "no answer",
            },
          ],
          next_cursor: null,
        },
      }),
      "POST /platform/dead-letters/job_1/retry": () => ({ status: 204 }),
    });
    const { user } = renderApp("/platform/dead-letters");
    await user.click(await screen.findByRole("button", { name: "Try meta.fetch_leads again" }));
    expect(await screen.findByText("It begins anew.")).toBeVisible();
    expect(asked.some(({ path }) => path === "/platform/dead-letters/job_1/retry")).toBe(true);
  });

  it("turns a feature off for everybody, and lets one organization have it", async () => {
    let isOn = true;
    const { asked } = fakeServer({
      "GET /me": () => ({ body: ann }),
      "GET /platform/features": () => ({
        body: {
          data: [
            {
              feature: "api_keys",
              is_on: isOn,
              organizations: [{ id: "org_1", name: "Fernhall Homes", is_on: true }],
            },
          ],
          next_cursor: null,
        },
      }),
      "PUT /platform/features/api_keys": () => {
        isOn = false;
        return { status: 204 };
      },
      "PUT /platform/organizations/org_1/features/api_keys": () => ({ status: 204 }),
    });
    const { user } = renderApp("/platform/features");
    await user.click(await screen.findByRole("switch", { name: "API keys, for everybody" }));
    expect(await screen.findByText("Off for everybody")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Fernhall Homes: as everybody" }));
    await expect.poll(() => asked.filter(({ method }) => method === "PUT").length).toBe(2);
    expect(asked.filter(({ method }) => method === "PUT").map(({ body }) => body)).toEqual([
      { is_on: false },
      { is_on: null },
    ]);
  });
});
