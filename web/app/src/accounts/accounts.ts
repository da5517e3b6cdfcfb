// Who is signed in, and the ways in and out.
import { queryOptions } from "@tanstack/react-query";
import { ApiProblem } from "../api/ApiProblem";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

// Whoever is signed in: in an organization, or where the service itself is operated.
export type Account = components["schemas"]["Me"];
export type Me = Account & {
  organization: NonNullable<Account["organization"]>;
  role: NonNullable<Account["role"]>;
};
export const isInOrganization = (me: Account): me is Me => me.organization !== null;
export const homeOf = (me: Account) => (isInOrganization(me) ? "/leads" : "/platform");

export type Registration = components["schemas"]["Registration"];
export type SignIn = components["schemas"]["SignIn"];

// null is an answer, not a failure: nobody is signed in.
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }): Promise<Account | null> => {
    try {
      return await answerOf(api.GET("/api/v1/me", { signal }));
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 401) return null;
      throw problem;
    }
  },
  staleTime: 5 * 60_000,
});

export const mustSetUpSecondFactor = (me: Account) => me.lacks_second_factor;

// Whether signing in failed only for want of a code.
export const wantsCode = (problem: unknown) =>
  problem instanceof ApiProblem && problem.fields.has("code");

export const signIn = (body: SignIn) => answerOf(api.POST("/api/v1/auth/login", { body }));
export const register = (body: Registration) =>
  answerOf(api.POST("/api/v1/auth/register", { body }));
export const confirmEmail = (token: string) =>
  answerOf(api.POST("/api/v1/auth/confirm-email", { body: { token } }));
export const sendConfirmation = () => answerOf(api.POST("/api/v1/me/confirmation-letter"));
export const askForPasswordLetter = (email: string) =>
  answerOf(api.POST("/api/v1/auth/password-letter", { body: { email } }));
export const setNewPassword = (body: components["schemas"]["NewPassword"]) =>
  answerOf(api.POST("/api/v1/auth/password", { body }));
export const changePassword = (body: components["schemas"]["PasswordChange"]) =>
  answerOf(api.PUT("/api/v1/me/password", { body }));
// The server refuses the change when another owner was faster.
export const changeOrganization = (
  version: number,
  body: components["schemas"]["OrganizationFacts"],
) =>
  answerOf(
    api.PUT("/api/v1/organization", { params: { header: { "If-Match": `"${version}"` } }, body }),
  );
export const setSessionLength = (hours: number) =>
  answerOf(api.PUT("/api/v1/organization/session-length", { body: { hours } }));
export const changeProfile = (body: components["schemas"]["Profile"]) =>
  answerOf(api.PUT("/api/v1/me/profile", { body }));
export const changeEmail = (body: components["schemas"]["EmailChange"]) =>
  answerOf(api.POST("/api/v1/me/email", { body }));
export const confirmNewAddress = (token: string) =>
  answerOf(api.POST("/api/v1/auth/confirm-new-address", { body: { token } }));
// The other way round, everything on screen is somebody else's: both begin the app anew.
export const viewAs = async (id: string) => {
  await answerOf(api.POST("/api/v1/members/{id}/view", { params: { path: { id } } }));
  location.assign("/app/leads");
};
export const endView = async () => {
  await answerOf(api.DELETE("/api/v1/me/view"));
  location.assign("/app/settings/people");
};
export const enterPlatform = () => answerOf(api.POST("/api/v1/me/platform"));
export const signOut = () => answerOf(api.POST("/api/v1/auth/logout"));
export const enterOrganization = (organization_id: string) =>
  answerOf(api.POST("/api/v1/me/organization", { body: { organization_id } }));
