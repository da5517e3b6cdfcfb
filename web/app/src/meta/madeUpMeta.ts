// Facebook as the tests meet it: one page that works and what belongs to it.
import type {
  Check,
  Connection,
  Delivery,
  LedgerLine,
  MetaForm,
  MetaPage,
  ShownPage,
} from "./metaShapes";

export const aPage = (changes: Partial<MetaPage> = {}): MetaPage => ({
  page_id: "page_1",
  name: "Fernhall Homes",
  connected: true,
  mode: "webhook",
  problems: [],
  connected_at: "2026-03-01T09:00:00Z",
  last_lead_at: "2026-04-14T12:58:41Z",
  wait_until: null,
  waiting_fetches: 0,
  connected_by: { id: "user_1", name: "Dana" },
  token_expires_at: null,
  rhythm: { state: "normal", expected: 0.2, since: null },
  hours: [0, 2, 1],
  backfill: null,
  ...changes,
});

export const refused = {
  code: "needs_access",
  message: "Meta does not let us read the leads of this page.",
  since: "2026-04-14T10:58:00Z",
};

export const aShownPage = (changes: Partial<ShownPage> = {}): ShownPage => ({
  page_id: "page_1",
  name: "Fernhall Homes",
  connected: false,
  can_connect: true,
  missing: [],
  ...changes,
});

export const aConnection = (changes: Partial<Connection> = {}): Connection => ({
  configured: true,
  login: "classic",
  own_app_id: null,
  person: { name: "Ruben Adler" },
  connected_by: { id: "user_1", name: "Dana Whitlock" },
  connected_at: "2026-03-01T09:00:00Z",
  expires_at: null,
  data_access_expires_at: null,
  scopes: [
    { name: "leads_retrieval", state: "granted", needed_for: "Reading the leads themselves" },
  ],
  pages: [],
  problem: null,
  ...changes,
});

export const nobody = aConnection({
  person: null,
  connected_by: null,
  connected_at: null,
  scopes: [],
});

export const aForm = (changes: Partial<MetaForm> = {}): MetaForm => ({
  form_id: "form_1",
  name: "Spring open house",
  page_id: "page_1",
  page_name: "Fernhall Homes",
  status: "ACTIVE",
  locale: "en_GB",
  privacy_url: "https://fernhall.example/privacy",
  is_on: true,
  questions: [],
  new_questions: 0,
  leads_count: null,
  expired_leads_count: null,
  created_at: null,
  last_lead_at: null,
  hours: [],
  rhythm: { state: "unknown", expected: null, since: null },
  ...changes,
});

export const aLine = (changes: Partial<LedgerLine> = {}): LedgerLine => ({
  form_id: "form_1",
  form_name: "Spring open house",
  day: "2026-04-14",
  meta: 12,
  ours: 12,
  repaired: 0,
  impossible: 0,
  erased: 0,
  state: "equal",
  reason: null,
  ...changes,
});

export const aDelivery = (changes: Partial<Delivery> = {}): Delivery => ({
  id: "delivery_1",
  received_at: "2026-04-14T12:58:43Z",
  bytes: 460,
  state: "sorted",
  result: "stored",
  note: null,
  lead_count: 1,
  leads: [
    {
      leadgen_id: "9981",
      page_id: "page_1",
      form_id: "form_1",
      state: "done",
      reason: null,
      lead_id: "lead_1",
    },
  ],
  ...changes,
});

export const aCheck = (changes: Partial<Check> = {}): Check => ({
  code: "app_live",
  title: "App is live",
  state: "ok",
  detail: "Lead CRM app, live mode",
  figure: "ok",
  since: null,
  fix: null,
  ...changes,
});
