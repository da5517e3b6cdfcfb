// The second factor: an authenticator app, and recovery codes for when it is lost.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type SecondFactorSecret = components["schemas"]["SecondFactorSecret"];
// What is given again before something that cannot be undone: ProofFields.tsx.
export type Proof = components["schemas"]["Proof"];

export const secondFactorQuery = queryOptions({
  queryKey: ["second-factor"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/me/second-factor", { signal })),
});

export const beginSecondFactor = (body: Proof) =>
  answerOf(api.POST("/api/v1/me/second-factor", { body }));
export const confirmSecondFactor = async (code: string) =>
  (await answerOf(api.POST("/api/v1/me/second-factor/confirm", { body: { code } }))).codes;
export const renewRecoveryCodes = async (body: Proof) =>
  (await answerOf(api.POST("/api/v1/me/second-factor/recovery-codes", { body }))).codes;
export const endSecondFactor = (body: Proof) =>
  answerOf(api.POST("/api/v1/me/second-factor/off", { body }));
export const needSecondFactor = (isNeeded: boolean) =>
  answerOf(api.PUT("/api/v1/organization/second-factor", { body: { is_needed: isNeeded } }));
