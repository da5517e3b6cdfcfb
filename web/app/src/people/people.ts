// The people of the organization, and those who are invited.
import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type Member = Schemas["Member"];
export type Invitation = Schemas["Invitation"];
export type Role = Member["role"];

export const roles = ["agent", "team_lead", "owner"] as const satisfies Role[];

export const membersQuery = queryOptions({
  queryKey: ["people", "members"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/members", { signal })),
  select: ({ data }) => data,
  staleTime: 60_000,
});

export type Team = Schemas["Team"];
export type Sees = Member["sees"];
export const sights = ["own", "own_and_unassigned", "team"] as const satisfies Sees[];

export const teamsQuery = queryOptions({
  queryKey: ["people", "teams"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/teams", { signal })),
  select: ({ data }) => data,
  staleTime: 60_000,
});

// Of a team that is changed, `was` as its form began: the server refuses the change when another
// owner was faster.
export type TeamDraft = Schemas["NewTeam"] & { was?: Team };
export const saveTeam = ({ was, ...body }: TeamDraft) =>
  was === undefined
    ? answerOf(api.POST("/api/v1/teams", { body }))
    : answerOf(
        api.PUT("/api/v1/teams/{id}", {
          params: { path: { id: was.id }, header: { "If-Match": `"${was.version}"` } },
          body,
        }),
      );
export const removeTeam = (id: string) => answerOf(api.DELETE("/api/v1/teams/{id}", one(id)));

export type Permissions = Schemas["PermissionChange"];
export const changePermissions = ({ id, ...body }: { id: string } & Permissions) =>
  answerOf(api.PUT("/api/v1/members/{id}/permissions", { ...one(id), body }));

export const invitationsQuery = queryOptions({
  queryKey: ["people", "invitations"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/invitations", { signal })),
  select: ({ data }) => data,
  staleTime: 60_000,
});

export const invite = (body: Schemas["Invite"]) =>
  answerOf(api.POST("/api/v1/invitations", { body }));

export const changeRole = ({ id, role }: { id: string; role: Role }) =>
  answerOf(api.PUT("/api/v1/members/{id}/role", { ...one(id), body: { role } }));
export const deactivate = ({ id, ...body }: { id: string; hand_over_to?: string }) =>
  answerOf(api.POST("/api/v1/members/{id}/deactivation", { ...one(id), body }));
export const reactivate = (id: string) =>
  answerOf(api.DELETE("/api/v1/members/{id}/deactivation", one(id)));

export const passOn = ({ id, ...body }: Omit<Schemas["PassOn"], "id"> & { id: string }) =>
  answerOf(api.POST("/api/v1/members/{id}/ownership", { ...one(id), body }));

const one = (id: string) => ({ params: { path: { id } } });
export const sendAgain = (id: string) =>
  answerOf(api.POST("/api/v1/invitations/{id}/letter", one(id)));
export const makeLink = (id: string) =>
  answerOf(api.POST("/api/v1/invitations/{id}/link", one(id)));
export const withdraw = (id: string) => answerOf(api.DELETE("/api/v1/invitations/{id}", one(id)));

export const askedQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: () => answerOf(api.POST("/api/v1/auth/invitation", { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const acceptInvitation = (body: Schemas["AcceptInvitation"]) =>
  answerOf(api.POST("/api/v1/auth/invitation/accept", { body }));

// Whatever stands between the addresses of a pasted list: "Joe Park <joe@acme.example>, sue@…".
export const addressesIn = (text: string) => [
  ...new Set(
    text
      .split(/[\s,;<>"']+/)
      .filter((word) => word.includes("@"))
      .map((word) => word.toLowerCase()),
  ),
];
