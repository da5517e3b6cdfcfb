// A server for tests: answers by method and path, and remembers what it was asked.
import { vi } from "vitest";
import type { Me } from "../accounts/accounts";
import type { components } from "../api/schema.gen";
import type { Lead, LeadRecord } from "../leads/leads";

type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
};
type Reply = { status?: number; body?: unknown };
type Route = (asked: Asked) => Reply | Promise<Reply>;

export const me: Me = {
  user: {
    id: "user_1",
    name: "Dana Whitlock",
    email: "dana@fernhall.example",
    is_email_confirmed: true,
    has_second_factor: false,
    has_passkeys: false,
    phone: null,
    language: null,
    time_zone: null,
    pending_email: null,
  },
  organization: {
    id: "org_1",
    name: "Fernhall Homes",
    country: "GB",
    time_zone: "Europe/London",
    suspension: null,
    needs_second_factor: false,
    session_hours: 720,
    version: 1,
  },
  role: "owner",
  paused_at: null,
  rights: ["read_leads", "write_leads", "read_sources", "write_sources"],
  organizations: [{ id: "org_1", name: "Fernhall Homes", role: "owner" }],
  viewer: null,
  lacks_second_factor: false,
  is_support: false,
  is_platform_admin: false,
  sends_mail: true,
};

export const stages: components["schemas"]["Stage"][] = [
  { id: "new", name: "New", kind: "new", position: 1 },
  { id: "contacted", name: "Contacted", kind: "open", position: 2 },
  { id: "won", name: "Won", kind: "won", position: 3 },
];

export function aLead(changes: Partial<Lead> = {}): Lead {
  return {
    id: "lead_1",
    number: 20417,
    name: "Ana Lima",
    email: "ana@example.com",
    phone: "+447700900142",
    phone_raw: "07700 900142",
    stage: { id: "new", name: "New", kind: "new" },
    owner: null,
    team: null,
    source: {
      channel: "meta",
      platform: "ig",
      page_id: "page_1",
      page_name: "Fernhall Homes",
      form_id: "form_1",
      form_name: "Spring open house",
      ad_id: null,
      ad_name: "Balcony video",
      adset_id: null,
      adset_name: "Families",
      campaign_id: null,
      campaign_name: "Spring 26",
      is_organic: false,
    },
    answers: [{ key: "rooms", label: "Rooms", values: ["3"] }],
    custom: {},
    misfits: {},
    tags: [],
    value: null,
    next_step: null,
    submitted_at: "2026-04-14T12:58:41Z",
    received_at: "2026-04-14T12:58:43Z",
    visible_at: null,
    first_attempt_at: null,
    updated_at: "2026-04-14T12:58:43Z",
    is_test: false,
    version: 1,
    submission_count: 1,
    contact_hidden: false,
    ...changes,
  };
}

export const aRecord = (changes: Partial<Lead> = {}): LeadRecord => ({
  ...aLead(changes),
  submissions: [],
  timeline: [],
});

// The usual answers of somebody signed in; a test gives only what it is about.
export function fakeServer(routes: Record<string, Route> = {}) {
  const asked: Asked[] = [];
  const usual: Record<string, Route> = {
    "GET /me": () => ({ body: me }),
    "GET /fields": () => ({ body: { data: [] } }),
    "GET /stages": () => ({ body: { data: stages } }),
    "GET /organization/deletion": () => ({ body: { state: "none" } }),
    "GET /organization/features": () => ({ body: { off: [] } }),
    "GET /organization/support-access": () => ({ body: { grant: null, request: null } }),
    "GET /meta/forms": () => ({ body: { data: [] } }),
    "GET /meta/pages": () => ({ body: { data: [] } }),
    "GET /meta/problems": () => ({ body: { data: [] } }),
    "GET /leads": () => ({ body: { data: [], next_cursor: null } }),
    "GET /leads/count": () => ({ body: { count: 0, capped: false } }),
  };
  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const path = url.pathname.replace("/api/v1", "");
    const text = await request.text();
    const question: Asked = {
      method: request.method,
      path,
      query: url.searchParams,
      headers: request.headers,
      body: isJson(request) && text !== "" ? JSON.parse(text) : text || undefined,
    };
    asked.push(question);
    const route = `${request.method} ${path}`;
    const answer = routes[route] ?? usual[route];
    if (answer === undefined) return problem(404, "No such thing.");
    const { status = 200, body } = await answer(question);
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" },
    });
  });
  return { asked };
}

const isJson = ({ headers }: Request) => headers.get("content-type") === "application/json";

const problem = (status: number, detail: string) =>
  new Response(JSON.stringify({ type: "about:blank", title: detail, status, detail }), { status });

export const refusal = (
  status: number,
  detail: string,
  errors: { field: string; message: string }[] = [],
) => ({
  status,
  body: {
    type: "about:blank",
    title: detail,
    status,
    detail,
    request_id: "req-7f2",
    errors: errors.map((error) => ({ code: "invalid", ...error })),
  },
});
