// Made-up organizations, pages, forms and leads for working on the screens without a server.
// The same seed gives the same leads.
import type { components } from "../src/api/schema.gen";

type Schemas = components["schemas"];
export type Stored = Schemas["LeadRecord"];

export const stages: Schemas["Stage"][] = (
  [
    ["New", "new"],
    ["Contacted", "open"],
    ["Qualified", "open"],
    ["Proposal", "open"],
    ["Won", "won"],
    ["Lost", "lost"],
  ] as const
).map(([name, kind], position) => ({ id: `stage_${position + 1}`, name, kind, position }));

export const me: Schemas["Me"] = {
  user: {
    id: "user_dana",
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

const colleagues = [
  me.user,
  { id: "user_joe", name: "Joe Marsh" },
  { id: "user_lena", name: "Lena Vogt" },
].map(({ id, name }) => ({ id, name }));

const now = () => new Date().toISOString();
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const normal: Schemas["Rhythm"] = { state: "normal", expected: null, since: null };
const facts = {
  rhythm: normal,
  hours: Array.from({ length: 24 }, () => 1),
  backfill: null,
  connected_by: null,
  token_expires_at: null,
};

export const pages: Schemas["PageView"][] = [
  {
    page_id: "104203948571122",
    name: "Fernhall Homes",
    connected: true,
    mode: "webhook",
    problems: [],
    connected_at: ago(60 * 24 * 40),
    wait_until: null,
    last_lead_at: ago(1),
    waiting_fetches: 0,
    ...facts,
  },
  {
    page_id: "104203948579935",
    name: "Fernhall Rentals",
    connected: true,
    mode: "polling",
    problems: [
      {
        code: "leads_access",
        message:
          "Dana lost access to the leads of this page at 10:58. Ask an admin of the page to give it back.",
        since: ago(190),
      },
    ],
    connected_at: ago(60 * 24 * 12),
    wait_until: null,
    last_lead_at: ago(204),
    waiting_fetches: 3,
    ...facts,
  },
];

export const forms: Schemas["FormView"][] = [
  "Spring open house",
  "Price list, autumn",
  "Show flat visit",
  "Mortgage check",
  "3-room flats",
].map((name, at) => ({
  form_id: `88120034${at}`,
  name,
  page_id: pages[at % 2]?.page_id ?? "",
  page_name: pages[at % 2]?.name ?? "",
  status: "ACTIVE",
  locale: "en_GB",
  privacy_url: null,
  is_on: true,
  questions: [],
  new_questions: 0,
  leads_count: null,
  expired_leads_count: null,
  created_at: null,
  last_lead_at: null,
  hours: facts.hours,
  rhythm: normal,
}));

const firstNames =
  "Ana Tom Mei Ruth Bruno Nkechi Daniel Ingrid Max Leila Jonas Elif Niamh Hiro Grace Zoë Kwame Valentina Søren Farah Amir Chloé Mateus Priya Oksana Yusuf Hannah Đorđe 美玲 محمد".split(
    " ",
  );
const lastNames =
  "Lima Reyes Tan Adeyemi Costa Eze Okonjo Dahl Brandt Rahimi Weber Kaya Byrne Tanaka Mwangi Peeters Mensah Gómez Holm Haddad Novak Schmidt Okafor Larsen Petrov O’Brien Nguyen Rossi".split(
    " ",
  );
const areas = ["Old Quay", "Mill Lane", "Harbour View", "Station Road", "Northfield"];
const budgets = ["£220,000 to £260,000", "£300,000 to £340,000", "Up to £200,000", "Over £500,000"];
const moves = ["Within three months", "This summer", "Next year", "As soon as possible"];

let state = 20417;
function random(): number {
  state = (state * 1664525 + 1013904223) % 4294967296;
  return state / 4294967296;
}
const pick = <Item>(items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;

export const noData = { from: null, to: null, fields: null, submission_id: null, owner: null };

let number = 20000;

export function makeLead(submittedMinutesAgo: number): Stored {
  number += 1;
  const form = pick(forms);
  const first = pick(firstNames);
  const last = pick(lastNames);
  const submitted = ago(submittedMinutesAgo);
  const later = (seconds: number) => new Date(Date.parse(submitted) + seconds * 1000).toISOString();
  const stage = submittedMinutesAgo < 30 ? stages[0] : pick([...stages, ...stages.slice(0, 3)]);
  const owner = random() < 0.25 || submittedMinutesAgo < 2 ? null : pick(colleagues);
  const isTest = random() < 0.03;
  const digits = String(Math.floor(random() * 900000) + 100000);
  const source: Schemas["Source"] = {
    channel: "meta",
    platform: random() < 0.55 ? "fb" : "ig",
    page_id: form.page_id,
    page_name: form.page_name,
    form_id: form.form_id,
    form_name: form.name,
    ad_id: "2384100",
    ad_name: pick(["Balcony video", "Carousel, five rooms", "Key in hand"]),
    adset_id: "2384200",
    adset_name: pick(["Families", "First home", "Investors"]),
    campaign_id: "2384300",
    campaign_name: pick(["Spring 26", "Evergreen", "Autumn prices"]),
    is_organic: false,
  };
  const answers: Schemas["Answer"][] = [
    { key: "rooms", label: "How many rooms?", values: [pick(["2", "3", "3 or 4", "5"])] },
    {
      key: "area",
      label: "Area",
      values: random() < 0.3 ? [pick(areas), "Mill Lane"] : [pick(areas)],
    },
    { key: "budget", label: "Budget", values: [pick(budgets)] },
    { key: "move_in", label: "Move in", values: [pick(moves)] },
  ];
  const again = random() < 0.06;
  const submission = (id: string, at: string): Schemas["LeadSubmission"] => ({
    id,
    leadgen_id: `99${number}${id.length}`,
    form_id: form.form_id,
    form_name: form.name,
    form_version: 1,
    submitted_at: at,
    received_at: new Date(Date.parse(at) + 1400).toISOString(),
    is_test: isTest,
    answers,
    disclaimers: [
      {
        key: "contact",
        text: "I agree that Fernhall Homes may call me about my request.",
        is_checked: true,
      },
      { key: "news", text: "Send me news about new flats.", is_checked: random() < 0.4 },
    ],
    source,
  });
  const lead: Stored = {
    id: `lead_${number}`,
    number,
    name: isTest ? "<test lead: dummy data for full_name>" : `${first} ${last}`,
    email:
      random() < 0.9
        ? `${first}.${last}@example.com`
            .toLowerCase()
            .normalize("NFD")
            .replace(/[^\w.@]/g, "")
        : null,
    phone: random() < 0.94 ? `+447700${digits}` : null,
    phone_raw: `07700 ${digits}`,
    stage: stage ?? { id: "stage_1", name: "New", kind: "new" },
    owner,
    team: null,
    source,
    answers,
    custom: {},
    misfits: {},
    tags: [],
    value: null,
    next_step: null,
    submitted_at: submitted,
    received_at: later(1.4),
    visible_at: later(1.46),
    first_attempt_at: null,
    updated_at: submitted,
    is_test: isTest,
    version: 1,
    submission_count: again ? 2 : 1,
    contact_hidden: false,
    submissions: [
      submission(`sub_${number}`, submitted),
      ...(again ? [submission(`sub_${number}_0`, later(-86400 * 20))] : []),
    ],
    timeline: [{ seq: 1, kind: "lead.created", at: later(1.4), actor: null, data: noData }],
  };
  if (stage && stage.position > 0 && owner) {
    lead.timeline.push({
      seq: 2,
      kind: "lead.stage_changed",
      at: later(600),
      actor: owner,
      data: {
        ...noData,
        from: { id: "stage_1", name: "New" },
        to: { id: stage.id, name: stage.name },
      },
    });
  }
  return lead;
}

export function makeLeads(count: number): Stored[] {
  let minutes = 0.4;
  return Array.from({ length: count }, () => {
    minutes = minutes * 1.018 + random() * 9;
    return makeLead(minutes);
  });
}

export { now };
