// A Meta app of the organization's own, beside the one of this server.
import { queryOptions } from "@tanstack/react-query";
import { ask } from "./metaRequests";
import type { MetaApp } from "./metaShapes";

export const appQuery = queryOptions({
  queryKey: ["meta", "app"],
  queryFn: ({ signal }) => ask<MetaApp>("GET", "/meta/app", { signal }),
  // Whoever comes back from Meta's dashboard sees whether the handshake has arrived.
  refetchOnWindowFocus: "always",
});

// Without a secret, the one that is there is kept.
export type AppKeys = { app_id: string; login_config_id: string; secret?: string };

export const saveApp = (keys: AppKeys) => ask<MetaApp>("PUT", "/meta/app", { body: keys });
export const setUpWebhook = () => ask<MetaApp>("POST", "/meta/app/webhook");
export const removeApp = () => ask<unknown>("DELETE", "/meta/app");

// What is entered where in Meta's App Dashboard, in the order in which it asks.
export const addresses = [
  "oauth_redirect_url",
  "deauthorize_url",
  "data_deletion_url",
  "privacy_url",
  "terms_url",
] as const satisfies (keyof MetaApp)[];

export const webhookFields = ["webhook_url", "verify_token"] as const satisfies (keyof MetaApp)[];
