// A Meta app of the organization's own, beside the one of this server.
import { queryOptions } from "@tanstack/react-query";
import { ask } from "./metaRequests";
import type { MetaApp } from "./metaShapes";

export const appQuery = queryOptions({
  queryKey: ["meta", "app"],
  queryFn: ({ signal }) => ask<MetaApp>("GET", "/meta/app", { signal }),
});

export const saveApp = (app: { app_id: string; app_secret: string }) =>
  ask<MetaApp>("PUT", "/meta/app", { body: app });
export const removeApp = () => ask<unknown>("DELETE", "/meta/app");

// What is entered where in Meta's App Dashboard, in the order in which it asks.
export const addresses = [
  "oauth_redirect_url",
  "webhook_url",
  "verify_token",
  "deauthorize_url",
  "data_deletion_url",
  "privacy_url",
  "terms_url",
] as const satisfies (keyof MetaApp)[];
