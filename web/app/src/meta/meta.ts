// What the app knows about the connected Facebook pages.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type MetaPage = components["schemas"]["PageView"];

export const pagesQuery = queryOptions({
  queryKey: ["meta", "pages"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/meta/pages", { signal })),
  select: ({ data }) => data,
  // How a page is changes without news on the stream.
  refetchInterval: 30_000,
});
