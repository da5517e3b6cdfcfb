import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { aLead, aRecord, fakeServer, me, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";

const mine = { owner: { id: me.user.id, name: me.user.name } };
const joe = { id: "user_2", name: "Joe Park" };

// Two leads, of which some may be deleted, and an agent with these rights.
function agent(
  rights: (typeof me)["rights"],
  gone = new Set<string>(),
  remove?: () => { status?: number; body?: unknown },
) {
  const leads = [
    aLead({ ...mine, id: "lead_1", name: "Ana Lima" }),
    aLead({ ...mine, id: "lead_2", name: "Tom Reyes" }),
  ];
  const ids = (body: unknown) => (body as { ids: string[] }).ids;
  return fakeServer({
    "GET /me": () => ({
      body: { ...me, role: "agent", rights: ["read_leads", "write_leads", ...rights] },
    }),
    "GET /leads": () => ({
      body: { data: leads.filter(({ id }) => !gone.has(id)), next_cursor: null },
    }),
    "GET /leads/lead_1": () =>
      gone.has("lead_1") ? refusal(404, "Not here.") : { body: aRecord(leads[0]) },
    "POST /leads/delete":
      remove ??
      (({ body }) => {
        for (const id of ids(body)) gone.add(id);
        return { body: { changed: ids(body).length } };
      }),
    "POST /leads/restore": ({ body }) => {
      for (const id of ids(body)) gone.delete(id);
      return { body: { changed: ids(body).length } };
    },
    "GET /leads/deleted": () => ({
      body: {
        data: leads
          .filter(({ id }) => gone.has(id))
          .map((lead) => ({
            ...lead,
            deleted_at: "2026-04-14T13:00:00Z",
            deleted_by: joe,
            erased_at: "2026-05-14T13:00:00Z",
          })),
        next_cursor: null,
      },
    }),
  });
}

const panel = () => screen.findByRole("complementary", { name: "Ana Lima" });

it("has nothing to do with leads for whom no owner lets", async () => {
  agent([]);
  renderApp("/leads?open=lead_1");
  expect(within(await panel()).queryByRole("button", { name: "More" })).toBeNull();
  expect(screen.queryByRole("checkbox", { name: /Pick/ })).toBeNull();
});

it("takes an open lead off the screen at once, and undo asks for it back", async () => {
  const { asked } = agent(["delete_leads"]);
  const { user } = renderApp("/leads?open=lead_1");
  await user.click(within(await panel()).getByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
  await screen.findByText("Ana Lima deleted.");
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(screen.queryByRole("link", { name: "Ana Lima" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("Ana Lima restored.");
  const restored = asked.find(({ path }) => path === "/leads/restore");
  expect(restored?.body).toEqual({ ids: ["lead_1"] });
});

it("deletes several that are picked, for who may give none away too", async () => {
  const { asked } = agent(["delete_leads"]);
  const { user } = renderApp("/leads");
  for (const name of ["Ana Lima", "Tom Reyes"]) {
    await user.click(await screen.findByRole("checkbox", { name: `Pick ${name}` }));
  }
  const bar = within(await screen.findByRole("toolbar", { name: "Picked leads" }));
  expect(bar.queryByRole("button", { name: "Give to" })).toBeNull();
  await user.click(bar.getByRole("button", { name: "Delete" }));
  await screen.findByText("2 leads deleted.");
  expect(asked.find(({ path }) => path === "/leads/delete")?.body).toEqual({
    ids: ["lead_1", "lead_2"],
  });
  expect(screen.queryByRole("toolbar", { name: "Picked leads" })).toBeNull();
});

it("says why nothing was deleted, and shows the leads on", async () => {
  agent(["delete_leads"], new Set(), () => refusal(403, "You may not delete leads."));
  const { user } = renderApp("/leads?open=lead_1");
  await user.click(within(await panel()).getByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
  await screen.findByText("You may not delete leads.");
  expect(await panel()).toBeVisible();
});

it("lists what was deleted, by whom and until when, and restores it", async () => {
  const { asked } = agent(["delete_leads"], new Set(["lead_1"]));
  const { user } = renderApp("/settings/deleted");
  const row = (await screen.findByText("Ana Lima")).closest("li");
  expect(row).toHaveTextContent("Deleted by Joe Park");
  expect(row).toHaveTextContent(/erased for good on .*14.*2026/);
  await user.click(screen.getByRole("button", { name: "Restore Ana Lima" }));
  await screen.findByText("Nothing is deleted");
  const restored = asked.find(({ path }) => path === "/leads/restore");
  expect(restored?.body).toEqual({ ids: ["lead_1"] });
});
