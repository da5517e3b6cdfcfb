// The second factor: an authenticator app, and recovery codes for when it is lost.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

export type SecondFactorSecret = components["schemas"]["SecondFactorSecret"];
type ProveBoth = components["schemas"]["ProveBoth"];

export const secondFactorQuery = queryOptions({
  queryKey: ["second-factor"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/me/second-factor", { signal })),
});

export const beginSecondFactor = (password: string) =>
  answerOf(api.POST("/api/v1/me/second-factor", { body: { password } }));
export const confirmSecondFactor = async (code: string) =>
  (await answerOf(api.POST("/api/v1/me/second-factor/confirm", { body: { code } }))).codes;
export const renewRecoveryCodes = async (body: ProveBoth) =>
  (await answerOf(api.POST("/api/v1/me/second-factor/recovery-codes", { body }))).codes;
export const endSecondFactor = (body: ProveBoth) =>
  answerOf(api.POST("/api/v1/me/second-factor/off", { body }));
export const needSecondFactor = (isNeeded: boolean) =>
  answerOf(api.PUT("/api/v1/organization/second-factor", { body: { is_needed: isNeeded } }));
