import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";
import { aConnection, aForm, aPage } from "../meta/madeUpMeta";
import type { CustomField } from "./customFields";

const aField = (changes: Partial<CustomField> = {}): CustomField => ({
  id: "field_1",
  key: "plan",
  label: "Plan",
  type: "select",
  options: [{ key: "basic", label: "Basic" }],
  currency: null,
  is_archived: false,
  created_at: "2026-04-14T12:00:00Z",
  version: 3,
  ...changes,
});

function withFields(fields: CustomField[], routes: Parameters<typeof fakeServer>[0] = {}) {
  const server = fakeServer({
    "GET /meta/pages": () => ({ body: { data: [aPage()], next_cursor: null } }),
    "GET /meta/connection": () => ({ body: aConnection() }),
    "GET /meta/forms": () => ({ body: { data: [aForm()] } }),
    "GET /meta/ledger": () => ({ body: { data: [], checked_at: null } }),
    "GET /fields": () => ({ body: { data: fields } }),
    "PATCH /fields/field_1": () => ({ body: aField({ version: 4 }) }),
    ...routes,
  });
  return { ...server, ...renderApp("/sources?tab=forms") };
}

describe("the organization's own fields", () => {
  it("are renamed and given options, with the version that was seen", async () => {
    const { asked, user } = withFields([aField()]);
    await user.click(await screen.findByRole("button", { name: "Change Plan" }));
    await user.clear(screen.getByLabelText("Name of the field"));
    await user.type(screen.getByLabelText("Name of the field"), "Tariff");
    await user.type(screen.getByLabelText("More options"), "Pro{Enter} {Enter}Team");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.queryByLabelText("More options")).toBeNull());
    const patch = asked.find(({ method }) => method === "PATCH");
    expect(patch?.headers.get("if-match")).toBe('"3"');
    expect(patch?.body).toEqual({
      label: "Tariff",
      options: [{ label: "Pro" }, { label: "Team" }],
    });
  });

  it("are made without a form, a choice with a line for each option", async () => {
    const { asked, user } = withFields([], {
      "POST /fields": () => ({ status: 201, body: aField() }),
    });
    await screen.findByText(/None yet/);
    await user.click(screen.getByRole("button", { name: "New field" }));
    await user.type(screen.getByLabelText("Name of the field"), "Plan");
    await user.selectOptions(screen.getByLabelText("Kind"), "Choice");
    await user.type(screen.getByLabelText("Options"), "Basic{Enter}Pro");
    await user.click(screen.getByRole("button", { name: "Create the field" }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
        label: "Plan",
        type: "select",
        options: [{ label: "Basic" }, { label: "Pro" }],
      }),
    );
  });

  it("are put away and brought back", async () => {
    const { asked, user } = withFields([aField(), aField({ id: "field_2", is_archived: true })], {
      "PATCH /fields/field_2": () => refusal(422, "There is a field of this name already."),
    });
    await user.click(await screen.findByRole("button", { name: "Change Plan" }));
    await user.click(screen.getByRole("button", { name: "Archive" }));
    await screen.findByText("Plan is archived. Leads keep its values.");
    expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ is_archived: true });
    await user.click(screen.getByText("1 archived field"));
    await user.click(screen.getByRole("button", { name: "Bring back Plan" }));
    await screen.findByText("There is a field of this name already.");
  });
});
