// One's own passkeys, and signing in with one.
import { queryOptions } from "@tanstack/react-query";
import { ApiProblem } from "../api/ApiProblem";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";
import { makePasskey, type PasskeyAnswer } from "./passkeyCeremony";
import type { Proof } from "./secondFactor";

export type MyPasskey = components["schemas"]["MyPasskey"];

export const passkeysQuery = queryOptions({
  queryKey: ["passkeys"],
  queryFn: async ({ signal }) => (await answerOf(api.GET("/api/v1/me/passkeys", { signal }))).data,
});

export const passkeysMax = 20;

export async function addPasskey(name: string, proof: Proof) {
  const wish = await answerOf(api.POST("/api/v1/me/passkeys/challenge", { body: proof }));
  const made = await makePasskey(wish);
  return answerOf(api.POST("/api/v1/me/passkeys", { body: { name, ...made } }));
}
export const renamePasskey = ({ id, name }: { id: string; name: string }) =>
  answerOf(api.PUT("/api/v1/me/passkeys/{id}", { params: { path: { id } }, body: { name } }));
export const removePasskey = (id: string, body: Proof) =>
  answerOf(api.POST("/api/v1/me/passkeys/{id}/remove", { params: { path: { id } }, body }));

export const signInWithPasskey = (body: PasskeyAnswer) =>
  answerOf(api.POST("/api/v1/auth/passkey", { body }));

// Whether a passkey would do for what the server asks besides the password.
export const wantsPasskey = (problem: unknown) =>
  problem instanceof ApiProblem && problem.fields.has("passkey");
