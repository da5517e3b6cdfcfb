import { QueryClient } from "@tanstack/react-query";
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { aLead, aRecord, fakeServer, me } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";
import { type LeadRecord, patchLead, recordKey } from "./leads";

const hidden = {
  email: "•••@•••",
  phone: "+44 ••• ••42",
  phone_raw: null,
  answers: [
    { key: "rooms", label: "Rooms", values: ["3"] },
    { key: "phone_number", label: "Phone number", values: ["•••"] },
  ],
  contact_hidden: true,
};
const mine = { owner: { id: me.user.id, name: me.user.name }, version: 2 };

// One lead that nobody has, seen by an agent to whom its contact comes with taking it.
function unassigned(rights: (typeof me)["rights"]) {
  let isTaken = false;
  const lead = () => (isTaken ? mine : hidden);
  return fakeServer({
    "GET /me": () => ({ body: { ...me, role: "agent", rights } }),
    "GET /leads": () => ({ body: { data: [aLead(lead())], next_cursor: null } }),
    "GET /leads/lead_1": () => ({ body: aRecord(lead()) }),
    "POST /leads/lead_1/take": () => {
      isTaken = true;
      return { body: aLead(mine) };
    },
  });
}

const panel = async () => within(await screen.findByRole("complementary", { name: "Ana Lima" }));

it("shows a contact, and the ways to use it, once the lead is taken", async () => {
  unassigned(["read_leads", "write_leads"]);
  const { user } = renderApp("/leads?open=lead_1");
  expect(await (await panel()).findByText("+44 ••• ••42")).toBeVisible();
  expect((await panel()).getByText("•••@•••")).toBeVisible();
  expect((await panel()).queryByRole("link", { name: /Call|WhatsApp|SMS|Mail/ })).toBeNull();
  expect((await panel()).queryByRole("textbox", { name: /Phone|Mail/ })).toBeNull();

  const take = { name: "Take this lead to see the contact" };
  await user.click((await panel()).getByRole("button", take));
  const call = await (await panel()).findByRole("link", { name: /Call/ });
  expect(call).toHaveAttribute("href", "tel:+447700900142");
  expect((await panel()).getByRole("textbox", { name: /Mail/ })).toHaveValue("ana@example.com");
  expect((await panel()).queryByRole("button", take)).toBeNull();
});

it("offers nothing to take to who only looks", async () => {
  unassigned(["read_leads"]);
  renderApp("/leads?open=lead_1");
  expect(
    await (await panel()).findByText("Take this lead to see the contact", { selector: "p" }),
  ).toBeVisible();
});

it("forgets the forms of an open lead whose contact is hidden again, until they are read anew", () => {
  const cache = new QueryClient();
  const record: LeadRecord = {
    ...aRecord(mine),
    submissions: [
      {
        id: "submission_1",
        leadgen_id: "1",
        form_id: null,
        form_name: null,
        form_version: null,
        submitted_at: "2026-04-14T12:58:41Z",
        received_at: "2026-04-14T12:58:43Z",
        is_test: false,
        answers: [{ key: "email", label: "Mail", values: ["ana@example.com"] }],
        disclaimers: [],
        source: aLead().source,
      },
    ],
  };
  cache.setQueryData(recordKey("lead_1"), record);
  patchLead(cache, aLead({ ...hidden, version: 3 }));
  expect(JSON.stringify(cache.getQueryData(recordKey("lead_1")))).not.toContain("ana@example.com");
});
