// Signing in with the company's account: what an owner set up, and the way to the issuer.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type Trouble = NonNullable<Schemas["Tried"]["trouble"]>;

// In an address anybody may write anything.
const troubles: readonly string[] = [
  "not_set_up",
  "too_many_tries",
  "issuer_unreachable",
  "issuer_mismatch",
  "issuer_incomplete",
  "begun_elsewhere",
  "declined",
  "secret_refused",
  "code_refused",
  "wrong_signature",
  "wrong_issuer",
  "wrong_audience",
  "wrong_nonce",
  "token_expired",
  "no_subject",
  "email_unverified",
  "other_domain",
  "no_member",
  "address_unconfirmed",
  "sign_in_first",
  "other_subject",
  "no_seat",
  "failed",
] satisfies Trouble[];
export const isTrouble = (word: unknown): word is Trouble => troubles.includes(word as string);

export const companySignInQuery = queryOptions({
  queryKey: ["company-sign-in"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/organization/company-sign-in", { signal })),
});

export const setUp = (body: Schemas["SetUp"]) =>
  answerOf(api.PUT("/api/v1/organization/company-sign-in", { body }));

export const removeSetUp = () => answerOf(api.DELETE("/api/v1/organization/company-sign-in"));

export const trySetUp = () => answerOf(api.POST("/api/v1/organization/company-sign-in/try"));

// What follows the @ of an address, or the whole of what was typed.
export const domainIn = (text: string): string => text.slice(text.lastIndexOf("@") + 1).trim();

export const wayToIssuer = (domain: string): string =>
  `/api/v1/auth/company?domain=${encodeURIComponent(domain)}`;
