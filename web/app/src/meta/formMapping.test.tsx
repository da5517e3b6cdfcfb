import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, refusal } from "../app/fakeServer";
import { renderApp } from "../app/renderApp";
import { aConnection, aDelivery, aForm, aPage } from "./madeUpMeta";
import type { FormMapping, MappedQuestion } from "./mapping";

const aQuestion = (changes: Partial<MappedQuestion> = {}): MappedQuestion => ({
  key: "rooms",
  label: "How many rooms?",
  type: "CUSTOM",
  options: [
    { key: "a", value: "2" },
    { key: "b", value: "3" },
  ],
  target: "answer",
  field_id: null,
  is_new: true,
  proposal: {
    field_id: null,
    label: "How many rooms?",
    type: "select",
    options: [
      { key: "a", label: "2" },
      { key: "b", label: "3" },
    ],
  },
  last_answers: ["3", "2"],
  ...changes,
});

const rooms = {
  id: "field_1",
  key: "how_many_rooms",
  label: "How many rooms?",
  type: "select",
  options: [],
  currency: null,
  is_archived: false,
  created_at: "2026-04-14T12:00:00Z",
  version: 1,
};

function withMapping(questions: MappedQuestion[], routes: Parameters<typeof fakeServer>[0] = {}) {
  const mapping: FormMapping = {
    form_id: "form_1",
    form_name: "Spring open house",
    page_id: "page_1",
    carried_from: null,
    version: 4,
    questions,
  };
  const made: unknown[] = [];
  const server = fakeServer({
    "GET /meta/pages": () => ({ body: { data: [aPage()], next_cursor: null } }),
    "GET /meta/connection": () => ({ body: aConnection() }),
    "GET /meta/forms": () => ({ body: { data: [aForm({ new_questions: 1 })] } }),
    "GET /meta/ledger": () => ({ body: { data: [], checked_at: null } }),
    "GET /meta/forms/form_1/mapping": () => ({ body: mapping }),
    "PUT /meta/forms/form_1/mapping": () => ({
      body: { ...mapping, version: 5, questions: questions.map((q) => ({ ...q, is_new: false })) },
    }),
    "GET /fields": () => ({ body: { data: made } }),
    "POST /fields": () => {
      made.push(rooms);
      return { status: 201, body: rooms };
    },
    "GET /meta/mapping-runs": () => ({ body: { data: [] } }),
    ...routes,
  });
  const { user } = renderApp("/sources?tab=forms");
  const open = async () =>
    await user.click(await screen.findByRole("button", { name: /Spring open house/ }));
  return { ...server, user, open };
}

describe("the mapping of a form", () => {
  it("shows real answers, makes a typed field from the question, and saves", async () => {
    const { asked, user, open } = withMapping([aQuestion()]);
    await open();
    const answers = await screen.findByRole("list", { name: "Last answers" });
    expect(within(answers).getAllByRole("listitem")).toHaveLength(2);

    await user.click(screen.getByRole("button", { name: "Create a field: choice" }));
    await user.click(screen.getByRole("button", { name: "Create the field" }));
    await waitFor(() =>
      expect(screen.getByRole("combobox", { name: /becomes/ })).toHaveValue("field_1"),
    );
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
      label: "How many rooms?",
      type: "select",
      options: aQuestion().proposal.options,
    });
    await user.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved. New leads follow from now on.");
    const put = asked.find(({ method }) => method === "PUT");
    expect(put?.headers.get("if-match")).toBe('"4"');
    expect(put?.body).toEqual({
      questions: [{ key: "rooms", target: "field", field_id: "field_1" }],
    });
  });

  it("settles a new question by keeping it with the answers", async () => {
    const { asked, user, open } = withMapping([aQuestion()]);
    await open();
    await user.click(await screen.findByRole("button", { name: "Keep it with the answers" }));
    await screen.findByText("Saved. New leads follow from now on.");
    expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({
      questions: [{ key: "rooms", target: "answer" }],
    });
  });

  it("says when somebody else was faster, and looks again", async () => {
    const { asked, user, open } = withMapping([aQuestion()], {
      "PUT /meta/forms/form_1/mapping": () => refusal(412, "The mapping changed meanwhile."),
    });
    await open();
    await user.click(await screen.findByRole("button", { name: "Keep it with the answers" }));
    await screen.findByText("The mapping changed meanwhile.");
    await waitFor(() =>
      expect(
        asked.filter(({ path, method }) => path.endsWith("/mapping") && method === "GET").length,
      ).toBeGreaterThan(1),
    );
  });

  it("shows what reading again would change, does it, and offers the way back", async () => {
    const run = {
      id: "run_1",
      state: "done",
      form_id: "form_1",
      form_name: "Spring open house",
      from_at: null,
      before_at: null,
      ordered_at: "2026-04-14T12:00:00Z",
      ended_at: "2026-04-14T12:00:01Z",
      total: 2,
      seen: 2,
      changed: 1,
      kept: 1,
      undone: 0,
      can_undo: true,
    };
    const difference = {
      field: "custom.how_many_rooms",
      before: null,
      after: "b",
      misfit_before: null,
      misfit_after: null,
    };
    const { asked, user, open } = withMapping([aQuestion({ is_new: false })], {
      "GET /fields": () => ({
        body: { data: [{ ...rooms, options: [{ key: "b", label: "3" }] }] },
      }),
      "POST /meta/mapping-runs/preview": () => ({
        body: {
          total: 2,
          seen: 2,
          changed: 1,
          kept: 1,
          sample: [
            {
              lead_id: "lead_1",
              number: 1,
              name: "Ana Lima",
              fields: [{ ...difference, is_kept: false }],
            },
            {
              lead_id: "lead_2",
              number: 2,
              name: "Tom Reyes",
              fields: [{ ...difference, is_kept: true }],
            },
          ],
        },
      }),
      "POST /meta/mapping-runs": () => ({ status: 202, body: run }),
      "GET /meta/mapping-runs/run_1": () => ({ body: run }),
      "POST /meta/mapping-runs/run_1/undo": () => ({
        status: 202,
        body: { ...run, state: "undone", undone: 1, can_undo: false },
      }),
    });
    await open();
    await user.click(await screen.findByRole("button", { name: "Read earlier leads again" }));
    await screen.findByText("1 of 2 leads would change.");
    expect(screen.getByRole("row", { name: /Ana Lima/ })).toHaveTextContent("How many rooms?–3");
    expect(screen.getByRole("row", { name: /Tom Reyes/ })).toHaveTextContent("Set by hand, stays");
    await user.click(screen.getByRole("button", { name: "Change 1 lead" }));
    await user.click(await screen.findByRole("button", { name: "Undo it for 1 lead" }));
    await screen.findByText("1 lead is as it was");
    const ordered = asked.find((one) => one.method === "POST" && one.path === "/meta/mapping-runs");
    expect(ordered?.body).toEqual({
      form_id: "form_1",
    });
  });

  it("reads the leads of chosen deliveries again", async () => {
    const { asked, user } = withMapping([], {
      "GET /meta/deliveries": () => ({ body: { data: [aDelivery()], next_cursor: null } }),
      "POST /meta/mapping-runs/preview": () => ({
        body: { total: 1, seen: 1, changed: 0, kept: 0, sample: [] },
      }),
    });
    await user.click(await screen.findByRole("link", { name: "Events" }));
    await user.click(await screen.findByRole("checkbox"));
    await user.click(screen.getByRole("button", { name: "Read its answers again" }));
    await screen.findByText("Nothing would change in 1 lead.");
    expect(screen.getByRole("button", { name: /^Change/ })).toBeDisabled();
    expect(asked.find(({ path }) => path.endsWith("/preview"))?.body).toEqual({
      lead_ids: ["lead_1"],
    });
  });
});
