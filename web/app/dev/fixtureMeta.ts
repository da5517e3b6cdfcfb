// Facebook as the development server plays it: a login that always succeeds, three pages of which
// one has lost its rights, a ledger, deliveries and a doctor. What is pressed has an effect.
import type { FormMapping } from "../src/meta/mapping";
import type {
  Check,
  Connection,
  Delivery,
  Doctor,
  Ledger,
  LedgerLine,
  MetaApp,
  MetaForm,
  MetaPage,
  ScopeState,
  ShownPage,
} from "../src/meta/metaShapes";
import { forms as plainForms, pages as plainPages } from "./fixtureLeads.ts";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const day = 60 * 24;
const ahead = (days: number) => ago(-days * day);

const busyDay = [
  2, 1, 1, 1, 2, 1, 3, 6, 9, 10, 12, 10, 9, 13, 15, 11, 12, 13, 16, 14, 11, 10, 6, 5,
];
const brokenDay = [0, 0, 2, 0, 1, 2, 5, 8, 6, 4, 9, 5, 9, 3, 6, 8, 0, 0, 0, 0, 0, 0, 0, 0];

export function makePages(): MetaPage[] {
  const [homes, rentals] = plainPages;
  if (homes === undefined || rentals === undefined) throw new Error("two pages are made up");
  return [
    {
      ...homes,
      connected_by: { id: "user_ruben", name: "Ruben" },
      token_expires_at: null,
      rhythm: { state: "normal", expected: 0.4, since: null },
      hours: busyDay,
      backfill: {
        state: "done",
        found: 4812,
        stored: 4806,
        started_at: ago(40 * day),
        ended_at: ago(40 * day - 6),
      },
    },
    {
      ...rentals,
      problems: [
        {
          code: "needs_access",
          message:
            "Meta announces leads of this page but does not let us read them. In Meta's Business settings, under Integrations, Leads access, give this app access to the page.",
          since: ago(182),
        },
      ],
      connected_by: { id: "user_dana", name: "Dana" },
      token_expires_at: ahead(48),
      rhythm: { state: "quiet", expected: 4.1, since: ago(182) },
      hours: brokenDay,
      backfill: {
        state: "running",
        found: 1240,
        stored: 1112,
        started_at: ago(3),
        ended_at: null,
      },
    },
  ];
}

const decided = { field_id: null, is_new: false };
const undecided = { field_id: null, is_new: true };

export const makeForms = (): MetaForm[] =>
  plainForms.map((form, at) => ({
    ...form,
    status: at === 4 ? "ARCHIVED" : form.status,
    locale: at === 3 ? "es_ES" : "en_GB",
    privacy_url: "https://fernhall.example/privacy",
    is_on: at !== 4,
    last_lead_at: at === 4 ? null : ago(4 + at * 37),
    new_questions: 2,
    hours: busyDay.map((count, hour) =>
      at === 4 ? 0 : Math.floor((count * ((hour + at) % 4)) / 4),
    ),
    questions: [
      {
        key: "full_name",
        label: "Full name",
        type: "FULL_NAME",
        options: [],
        maps_to: "name",
        ...decided,
      },
      { key: "email", label: "E-mail", type: "EMAIL", options: [], maps_to: "email", ...decided },
      {
        key: "phone_number",
        label: "Phone number",
        type: "PHONE",
        options: [],
        maps_to: "phone",
        ...decided,
      },
      {
        key: "how_many_rooms?",
        label: "How many rooms?",
        type: "CUSTOM",
        options: ["2", "3", "3 or 4", "5"].map((value, key) => ({ key: String(key), value })),
        maps_to: null,
        ...undecided,
      },
      {
        key: "move_in",
        label: "When would you move in?",
        type: "CUSTOM",
        options: [],
        maps_to: null,
        ...undecided,
      },
    ],
  }));

const scopes: ScopeState[] = (
  [
    ["pages_show_list", "Listing the pages you manage"],
    ["pages_read_engagement", "Reading the page's name and details"],
    ["pages_manage_metadata", "Being told at once when a lead comes in"],
    ["pages_manage_ads", "Reading your forms, their questions and older leads"],
    ["leads_retrieval", "Reading the leads themselves"],
    ["ads_management", "Showing which campaign and ad a lead came from"],
  ] as const
).map(([name, needed_for]) => ({
  name,
  needed_for,
  state: name === "ads_management" ? "declined" : "granted",
}));

const careers: ShownPage = {
  page_id: "104203948581266",
  name: "Fernhall Careers",
  connected: false,
  can_connect: true,
  missing: [],
};
const group: ShownPage = {
  page_id: "104203948581299",
  name: "Fernhall Group",
  connected: false,
  can_connect: false,
  missing: [
    {
      kind: "task",
      name: "ADVERTISE",
      message:
        "You may not create ads on this page. Ask an admin of the page to give you the task Ads, then sign in again.",
    },
  ],
};

export function makeConnection(pages: MetaPage[], isSignedIn: boolean): Connection {
  const shown = pages.map(({ page_id, name, connected }) => ({
    page_id,
    name,
    connected,
    can_connect: true,
    missing: [],
  }));
  return {
    configured: true,
    login: "classic",
    own_app_id: null,
    person: isSignedIn ? { name: "Ruben Adler" } : null,
    connected_by: isSignedIn ? { id: "user_ruben", name: "Ruben Adler" } : null,
    connected_at: isSignedIn ? ago(41 * day) : null,
    expires_at: isSignedIn ? ahead(19) : null,
    data_access_expires_at: isSignedIn ? ahead(49) : null,
    scopes: isSignedIn ? scopes : [],
    pages: isSignedIn
      ? [
          ...shown,
          ...[careers, group].filter((one) => !pages.some((p) => p.page_id === one.page_id)),
        ]
      : [],
    problem: null,
  };
}

export function makeLedger(forms: MetaForm[]): Ledger {
  const data: LedgerLine[] = forms.slice(0, 5).flatMap((form, row) =>
    Array.from({ length: 7 }, (_, back) => {
      const meta = 3 + ((row * 5 + back * 3) % 12);
      const state =
        row === 1 && back === 3
          ? ("repaired" as const)
          : row === 3 && back === 2
            ? ("impossible" as const)
            : ("equal" as const);
      return {
        form_id: form.form_id,
        form_name: form.name,
        day: ago(back * day).slice(0, 10),
        meta,
        ours: state === "impossible" ? meta - 1 : meta,
        repaired: state === "repaired" ? 3 : 0,
        impossible: state === "impossible" ? 1 : 0,
        erased: 0,
        state,
        reason: state === "impossible" ? "Meta deleted this lead before it could be read." : null,
      };
    }),
  );
  return { data, checked_at: ago(2) };
}

export const makeDeliveries = (pages: MetaPage[], forms: MetaForm[]): Delivery[] =>
  Array.from({ length: 140 }, (_, at) => {
    const page = pages[at % 3 === 0 ? 1 : 0] ?? pages[0];
    const isSample = at % 23 === 7;
    const isBlocked = at % 3 === 0 && at < 12;
    const isFailed = at === 5;
    const leads = isSample || isFailed ? 0 : 1 + (at % 11 === 0 ? 2 : 0);
    return {
      id: `delivery_${at}`,
      received_at: ago(at * 13 + 1),
      bytes: 312 + leads * 148,
      state: isFailed ? "failed" : "sorted",
      result: isFailed ? "failed" : isBlocked ? "blocked" : at === 1 ? "waiting" : "stored",
      note: isSample ? "The test button of Meta's app dashboard." : null,
      lead_count: leads,
      leads: Array.from({ length: leads }, (_, lead) => ({
        leadgen_id: `99${(8_120_034_000 + at * 10 + lead).toString()}`,
        page_id: page?.page_id ?? "",
        form_id: forms[at % 5]?.form_id ?? null,
        state: isBlocked ? "blocked" : at === 1 ? "waiting" : "done",
        reason: isBlocked ? "Meta does not let us read this lead." : null,
        lead_id: isBlocked || at === 1 ? null : `lead_${20_640 - at}`,
      })),
    };
  });

export const bodyOf = (delivery: Delivery) => ({
  object: "page",
  entry: delivery.leads.map(({ leadgen_id, page_id, form_id }) => ({
    id: page_id,
    time: Math.floor(Date.parse(delivery.received_at) / 1000),
    changes: [
      { field: "leadgen", value: { leadgen_id, page_id, form_id, ad_id: "2384100", note: "•••" } },
    ],
  })),
});

export function makeDoctor(page: MetaPage): Doctor {
  const isBroken = page.problems.length > 0;
  const check = (code: string, title: string, detail: string, figure: string): Check => ({
    code,
    title,
    state: "ok",
    detail,
    figure,
    since: null,
    fix: null,
  });
  const checks = [
    check("app_live", "App is live", "Lead CRM app, live mode", "ok"),
    check("permissions", "Permissions granted", "all six, none about to expire", "6 of 6"),
    check("page_role", "Role on the page", "may create ads", "ok"),
    check("leads_access", "Right to see the leads", "this app may read them", "ok"),
    check("subscription", "Page subscribed to lead events", "leadgen field is on", "ok"),
    check("webhook", "Webhook answers", "last delivery accepted", "38 ms"),
    check("signatures", "Signatures match", "1,204 of 1,204 this week", "100 %"),
    check("rhythm", "Normal rhythm", "as on other days", "ok"),
    check(
      "token",
      "Page token",
      `owned by ${page.connected_by?.name}, renews by itself`,
      "12 days",
    ),
    check("round_trip", "Test lead round trip", "Meta to screen", "1.9 s"),
  ].map((one): Check => {
    if (isBroken && one.code === "leads_access")
      return {
        ...one,
        state: "fail",
        detail: "Dana lost Leads Access on this page today. New leads wait at Meta for 90 days.",
        figure: null,
        since: ago(182),
        fix: {
          kind: "link",
          label: "Give access in Business Settings",
          url: "https://business.facebook.com/settings/leads-accesses",
        },
      };
    if (isBroken && one.code === "rhythm")
      return {
        ...one,
        state: "warn",
        detail: "Expected about 4 leads since the last one, saw none.",
        figure: "3 h 02 min",
        fix: { kind: "test_lead", label: "Send a test lead", url: null },
      };
    return one;
  });
  return { page_id: page.page_id, checked_at: ago(0.3), checks };
}

export const makeApp = (origin: string): MetaApp => ({
  app_id: null,
  has_secret: false,
  login_config_id: "",
  has_platform_app: true,
  handshake_at: null,
  pages: [],
  webhook_url: `${origin}/webhooks/meta/1234567890`,
  verify_token: "Zk3-fern-91xq",
  oauth_redirect_url: `${origin}/meta/oauth/callback`,
  deauthorize_url: `${origin}/meta/deauthorize`,
  data_deletion_url: `${origin}/meta/data-deletion`,
  privacy_url: `${origin}/privacy`,
  terms_url: `${origin}/terms`,
  scopes: scopes.map(({ name, needed_for }) => ({
    name,
    why: `Our customers connect their own pages to Lead CRM. We use ${name} for one thing: ${needed_for.toLowerCase()}.`,
  })),
});

export const pageFrom = (shown: ShownPage): MetaPage => ({
  page_id: shown.page_id,
  name: shown.name,
  connected: true,
  mode: "webhook",
  problems: [],
  connected_at: ago(0),
  last_lead_at: null,
  wait_until: null,
  waiting_fetches: 0,
  connected_by: { id: "user_dana", name: "Dana Whitlock" },
  token_expires_at: null,
  rhythm: { state: "unknown", expected: null, since: null },
  hours: Array.from({ length: 24 }, () => 0),
  backfill: { state: "running", found: 120, stored: 118, started_at: ago(0), ended_at: null },
});

export const makeMapping = (form: MetaForm): FormMapping => ({
  form_id: form.form_id,
  form_name: form.name,
  page_id: form.page_id,
  carried_from: null,
  version: 1,
  questions: form.questions.map(({ key, label, type, options, maps_to, field_id, is_new }) => ({
    key,
    label,
    type,
    options,
    field_id,
    is_new,
    target: (maps_to ?? "answer") as FormMapping["questions"][number]["target"],
    proposal: {
      field_id: null,
      label,
      type: options.length > 0 ? "select" : "text",
      options: options.map((option) => ({ key: option.key, label: option.value })),
    },
    last_answers: options.length > 0 ? options.map(({ value }) => value) : ["In spring", "Soon"],
  })),
});
