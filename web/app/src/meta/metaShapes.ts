// The shapes of what the server says about Facebook that its description does not hold yet. Each is
// to be replaced by its namesake in schema.gen.ts; nothing else in this folder is written by hand.
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];
export type PageProblem = Schemas["PageProblem"];
export type PersonName = Schemas["Person"];

export type ScopeState = {
  name: string;
  state: "granted" | "declined" | "missing";
  needed_for: string;
};

export type Lack = { kind: "scope" | "task" | "token"; name: string; message: string };

export type ShownPage = {
  page_id: string;
  name: string;
  connected: boolean;
  can_connect: boolean;
  missing: Lack[];
};

export type Connection = {
  configured: boolean;
  login: "classic" | "business" | null;
  person: { name: string } | null;
  connected_by: PersonName | null;
  connected_at: string | null;
  expires_at: string | null;
  data_access_expires_at: string | null;
  scopes: ScopeState[];
  pages: ShownPage[];
  problem: PageProblem | null;
};

export type Backfill = {
  state: "waiting" | "running" | "done" | "failed";
  found: number;
  stored: number;
  started_at: string | null;
  ended_at: string | null;
};

export type Rhythm = {
  state: "normal" | "quiet" | "unknown";
  expected: number | null;
  since: string | null;
};

export type MetaPage = Schemas["PageView"] & {
  connected_by: PersonName | null;
  token_expires_at: string | null;
  rhythm: Rhythm;
  hours: number[]; // leads an hour, oldest first
  backfill: Backfill | null;
};

export type FormQuestion = {
  key: string;
  label: string;
  type: string;
  options: { key: string; value: string }[];
  maps_to: string | null;
};

export type MetaForm = Schemas["FormView"] & {
  locale: string | null;
  privacy_url: string | null;
  is_on: boolean;
  questions: FormQuestion[];
  last_lead_at: string | null;
  hours: number[];
};

export type LedgerLine = {
  form_id: string;
  form_name: string;
  day: string; // 2026-11-20, in UTC
  meta: number;
  ours: number;
  repaired: number;
  impossible: number;
  state: "equal" | "repaired" | "missing" | "impossible";
  reason: string | null;
};

export type Ledger = { data: LedgerLine[]; checked_at: string | null };

export type FileResult = {
  rows: number;
  stored: number;
  known: number;
  rejected: { line: number; reason: string }[];
};

export type DeliveryLead = {
  leadgen_id: string;
  page_id: string;
  form_id: string | null;
  state: "waiting" | "blocked" | "done" | "gave_up" | null; // null: not sorted yet
  reason: string | null;
  lead_id: string | null;
};

// What became of a delivery, the worst that holds from the left.
export type DeliveryResult = "failed" | "unsorted" | "gave_up" | "blocked" | "waiting" | "stored";

export type Delivery = {
  id: string;
  received_at: string;
  bytes: number;
  state: string;
  result: DeliveryResult;
  note: string | null;
  leads: DeliveryLead[]; // a list shows the first few of many
  lead_count: number;
};

// The body with everything but ids and times masked, as text or as JSON.
export type DeliveryRecord = Delivery & { body: unknown };
export type DeliveryPage = { data: Delivery[]; next_cursor: string | null };

export type CheckState = "ok" | "warn" | "fail" | "unknown";

export type Fix = {
  kind: "connect" | "link" | "subscribe" | "test_lead" | "backfill" | null;
  label: string;
  url: string | null;
};

export type Check = {
  code: string;
  title: string;
  state: CheckState;
  detail: string;
  figure: string | null;
  since: string | null;
  fix: Fix | null;
};

export type Doctor = { page_id: string; checked_at: string | null; checks: Check[] };

// A test lead on its way: what has not happened yet is null.
export type RoundTrip = {
  leadgen_id: string;
  form_id: string;
  ordered_at: string;
  lead_id: string | null;
  submitted_at: string | null;
  received_at: string | null;
  visible_at: string | null;
};

// What keeps leads of a page from coming right now.
export type StoppedPage = {
  page_id: string;
  page_name: string;
  code: string;
  message: string;
  since: string;
};

// The organization's own Meta app, and every address that has to be entered at Meta.
export type MetaApp = {
  app_id: string | null;
  has_secret: boolean;
  webhook_url: string;
  verify_token: string | null;
  oauth_redirect_url: string;
  deauthorize_url: string;
  data_deletion_url: string;
  privacy_url: string;
  terms_url: string;
  scopes: { name: string; why: string }[];
};
