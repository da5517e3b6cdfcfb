// The fields an organization gives its leads besides the standard ones.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type CustomField = Schemas["CustomField"];
export type FieldType = CustomField["type"];
export type NewField = Schemas["NewField"];
export type FieldOption = Schemas["FieldOption"];

export const fieldTypes = [
  "text",
  "long_text",
  "number",
  "money",
  "date",
  "date_time",
  "yes_no",
  "select",
  "multi_select",
  "phone",
  "email",
  "link",
] as const satisfies FieldType[];

export const hasOptions = (type: FieldType) => type === "select" || type === "multi_select";

export const fieldsQuery = queryOptions({
  queryKey: ["fields"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/fields", { signal })),
  select: ({ data }) => data,
  staleTime: 60_000,
});

// Those that are in use.
export const usedFieldsQuery = { ...fieldsQuery, select: onlyUsed };
function onlyUsed({ data }: { data: CustomField[] }) {
  return data.filter((field) => !field.is_archived);
}

export const makeField = (body: NewField) => answerOf(api.POST("/api/v1/fields", { body }));

export type FieldEdit = Omit<Schemas["FieldChange"], "id" | "if_match">;

// The server refuses the change when somebody else was faster.
export const changeField = ({ id, version }: CustomField, body: FieldEdit) =>
  answerOf(
    api.PATCH("/api/v1/fields/{id}", {
      params: { path: { id }, header: { "If-Match": `"${version}"` } },
      body,
    }),
  );
