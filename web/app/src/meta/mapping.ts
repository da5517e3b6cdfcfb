// What the answers of a form become, and reading earlier leads again after that changed.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type FormMapping = Schemas["MappingView"];
export type MappedQuestion = Schemas["MappedQuestion"];
export type Target = MappedQuestion["target"];
export type Run = Schemas["RunView"];
export type RunPreview = Schemas["RunPreview"];
export type LeadDifference = Schemas["LeadDifference"];
export type FieldDifference = Schemas["FieldDifference"];

export const contactTargets = ["name", "first_name", "last_name", "phone", "email"] as const;

// Where an answer goes. It is one word in a select: a target, or the id of a custom field.
export type Place = string;
export const placeOf = ({ target, field_id }: Pick<MappedQuestion, "target" | "field_id">): Place =>
  field_id ?? target;

export const mappingKey = (formId: string) => ["meta", "mapping", formId] as const;

export const mappingQuery = (formId: string) =>
  queryOptions({
    queryKey: mappingKey(formId),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/meta/forms/{form_id}/mapping", {
          params: { path: { form_id: formId } },
          signal,
        }),
      ),
  });

export const saveMapping = (mapping: FormMapping, places: ReadonlyMap<string, Place>) =>
  answerOf(
    api.PUT("/api/v1/meta/forms/{form_id}/mapping", {
      params: {
        path: { form_id: mapping.form_id },
        header: { "If-Match": `"${mapping.version}"` },
      },
      body: {
        questions: mapping.questions.map((question) => {
          const place = places.get(question.key) ?? placeOf(question);
          return place.startsWith("field_")
            ? { key: question.key, target: "field" as const, field_id: place }
            : { key: question.key, target: place as Target };
        }),
      },
    }),
  );

// The leads of a form, or some leads.
export type RunSelection = { form_id: string; from_at?: string } | { lead_ids: string[] };

export const previewQuery = (selection: RunSelection) =>
  queryOptions({
    queryKey: ["meta", "runs", "preview", selection],
    queryFn: ({ signal }) =>
      answerOf(api.POST("/api/v1/meta/mapping-runs/preview", { body: selection, signal })),
    staleTime: 0,
    gcTime: 0,
  });

export const isOnItsWay = ({ state }: Run) =>
  state === "waiting" || state === "running" || state === "undoing";

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["meta", "runs", "one", id],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/meta/mapping-runs/{id}", { params: { path: { id } }, signal })),
  });

export const runsQuery = queryOptions({
  queryKey: ["meta", "runs", "list"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/meta/mapping-runs", { signal })),
  select: ({ data }) => data,
});

export const orderRun = (selection: RunSelection) =>
  answerOf(api.POST("/api/v1/meta/mapping-runs", { body: selection }));

export const undoRun = (id: string) =>
  answerOf(api.POST("/api/v1/meta/mapping-runs/{id}/undo", { params: { path: { id } } }));
