// The API of the product, as far as the screens need it, played by the development server.
// Never part of a build. Words in an address bar make trouble on demand: ?q=trouble fails,
// ?q=slow takes three seconds, ?q=conflict lets every change meet a faster colleague.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import type { components } from "../src/api/schema.gen";
import type { RoundTrip } from "../src/meta/metaShapes";
import { makeLead, makeLeads, me, noData, now, type Stored, stages } from "./fixtureLeads.ts";
import { FixtureMeta } from "./fixtureMetaApi.ts";

type Schemas = components["schemas"];

const arrivesEvery = Number(process.env["LEADCRM_FIXTURE_SECONDS"] ?? 6) * 1000;

export function fixtureApi(): Plugin {
  return {
    name: "fixture-api",
    apply: "serve",
    configureServer(server) {
      const crm = new FixtureCrm();
      const timer = setInterval(() => crm.arrive(), arrivesEvery);
      server.httpServer?.on("close", () => clearInterval(timer));
      server.middlewares.use("/meta/oauth/start", (_, response) => {
        crm.meta.isSignedIn = true;
        response.writeHead(303, { location: "/app/sources?connected=1" }).end();
      });
      server.middlewares.use("/api/v1", (request, response) => void crm.answer(request, response));
    },
  };
}

class FixtureCrm {
  leads = makeLeads(640);
  signedIn = process.env["LEADCRM_FIXTURES"] !== "signed-out";
  empty = process.env["LEADCRM_FIXTURES"] === "empty";
  seq = 1000;
  streams = new Set<ServerResponse>();
  conflicts = false;
  meta = new FixtureMeta(this.empty, (pageId) => this.arriveAsTest(pageId));

  // Announced at once, here two seconds later.
  arriveAsTest(pageId: string): () => RoundTrip {
    const lead = makeLead(0);
    Object.assign(lead, { name: "<test lead: dummy data for full_name>", is_test: true });
    lead.source = { ...lead.source, page_id: pageId };
    const trip: RoundTrip = {
      leadgen_id: `98${lead.number}`,
      form_id: lead.source.form_id ?? "",
      ordered_at: now(),
      lead_id: null,
      submitted_at: null,
      received_at: null,
      visible_at: null,
    };
    setTimeout(() => {
      lead.received_at = now();
      this.leads.unshift(lead);
      this.tell("lead.created", lead, "lead.created");
      const { id: lead_id, submitted_at, received_at } = lead;
      Object.assign(trip, { lead_id, submitted_at, received_at });
      setTimeout(() => {
        trip.visible_at = now();
      }, 40);
    }, 2000);
    return () => trip;
  }

  arrive() {
    if (this.empty) return;
    const lead = makeLead(0.03);
    this.leads.unshift(lead);
    this.tell("lead.created", lead, "lead.created");
  }

  tell(event: string, lead: Stored, kind: string) {
    this.seq += 1;
    const { submissions: _, timeline: __, ...plain } = lead;
    for (const stream of this.streams) {
      stream.write(
        `id: ${this.seq}\nevent: ${event}\ndata: ${JSON.stringify({ lead: plain, kind })}\n\n`,
      );
    }
  }

  async answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? "/", "http://localhost");
    const path = url.pathname;
    const text = await readText(request);
    const isJson = text !== "" && request.headers["content-type"] !== "text/csv";
    const body = (isJson ? JSON.parse(text) : {}) as Record<string, string>;
    const at = `${request.method} ${path}`;

    if (at === "POST /auth/login") return this.login(response, body);
    if (at === "POST /auth/register") return this.register(response, body);
    if (at === "POST /auth/logout") {
      this.signedIn = false;
      return send(response, 204);
    }
    if (!this.signedIn) return problem(response, 401, "Please sign in.");
    if (at === "GET /me") return send(response, 200, me);
    if (at === "GET /fields") return send(response, 200, { data: [], next_cursor: null });
    if (at === "GET /stages") return send(response, 200, { data: stages, next_cursor: null });
    const query = url.searchParams;
    const said = this.meta.answer({ method: request.method ?? "", path, query, text });
    if (said?.problem !== undefined) return problem(response, said.status, said.problem);
    if (said !== undefined) return send(response, said.status, said.body);
    if (at === "GET /meta/ledger.csv") {
      response.writeHead(200, { "content-type": "text/csv" });
      return response.end("form_id,form_name,day,meta,ours\r\n");
    }
    if (at === "GET /stream") return this.stream(request, response);
    if (at === "GET /leads") return this.list(response, url.searchParams);
    if (at === "GET /leads/count") {
      const count = this.filtered(url.searchParams).length;
      return send(response, 200, { count, capped: false });
    }
    const id = /^\/leads\/(\w+)$/.exec(path)?.[1];
    const lead = this.leads.find((candidate) => candidate.id === id);
    if (lead === undefined) return problem(response, 404, "This lead is no longer here.");
    if (request.method === "PATCH")
      return this.change(response, lead, request.headers["if-match"], body);
    return send(response, 200, lead, { etag: `"${lead.version}"` });
  }

  login(response: ServerResponse, body: Record<string, string>) {
    if (body["password"] === "wrong")
      return problem(response, 401, "The mail address or the password is not right.");
    this.signedIn = true;
    return send(response, 200, me);
  }

  register(response: ServerResponse, body: Record<string, string>) {
    const errors: Schemas["FieldError"][] = [];
    if ((body["password"] ?? "").length < 8) {
      errors.push({
        field: "password",
        code: "too_short",
        message: "Please use at least 8 characters.",
      });
    }
    if (body["email"]?.startsWith("taken")) {
      errors.push({ field: "email", code: "taken", message: "This address is in use already." });
    }
    if (errors.length > 0) return problem(response, 422, "Some fields need another look.", errors);
    this.signedIn = true;
    return send(response, 201, me);
  }

  stream(request: IncomingMessage, response: ServerResponse) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(`event: hello\ndata: {"seq": ${this.seq}}\n\n`);
    this.streams.add(response);
    const beat = setInterval(() => response.write(": still here\n\n"), 15_000);
    request.on("close", () => {
      clearInterval(beat);
      this.streams.delete(response);
    });
  }

  filtered(query: URLSearchParams): Stored[] {
    const values = (name: string) => query.get(name)?.split(",");
    const has = (name: string, value: string | null) => values(name)?.includes(value ?? "") ?? true;
    const text = query.get("q")?.toLowerCase();
    const owner = values("owner");
    const after = query.get("submitted_after") ?? "";
    const before = query.get("submitted_before") ?? "9999";
    this.conflicts = text === "conflict";
    return (this.empty ? [] : this.leads).filter(
      (lead) =>
        has("stage", lead.stage.id) &&
        has("source", lead.source.platform) &&
        has("form", lead.source.form_id) &&
        (owner === undefined ||
          owner.includes(lead.owner?.id ?? "unassigned") ||
          (owner.includes("me") && lead.owner?.id === me.user.id)) &&
        lead.submitted_at >= after &&
        lead.submitted_at < before &&
        (text === undefined ||
          text === "slow" ||
          text === "conflict" ||
          `${lead.name} ${lead.email} ${lead.phone}`.toLowerCase().includes(text)),
    );
  }

  async list(response: ServerResponse, query: URLSearchParams) {
    if (query.get("q") === "trouble")
      return problem(response, 503, "The server did not answer in 10 s.");
    if (query.get("q") === "slow") await new Promise((done) => setTimeout(done, 3000));
    const sort = query.get("sort") ?? "-submitted_at";
    const field = sort.replace("-", "") as "submitted_at" | "received_at" | "updated_at" | "name";
    const sorted = this.filtered(query).sort((a, b) => a[field].localeCompare(b[field]));
    if (sort.startsWith("-")) sorted.reverse();
    const after = sorted.findIndex(({ id }) => id === query.get("cursor"));
    const from = after + 1;
    const to = from + Number(query.get("limit") ?? 50);
    const data = sorted.slice(from, to).map(({ submissions: _, timeline: __, ...lead }) => lead);
    return send(response, 200, {
      data,
      next_cursor: to < sorted.length ? (data.at(-1)?.id ?? null) : null,
    });
  }

  change(
    response: ServerResponse,
    lead: Stored,
    match: string | undefined,
    body: Schemas["LeadChange"],
  ) {
    if (match === undefined) return problem(response, 428, "If-Match is missing.");
    if (this.conflicts) {
      this.conflicts = false;
      this.apply(lead, { stage_id: "stage_4", phone: "+447700900111" });
    }
    if (match !== `"${lead.version}"`)
      return problem(response, 412, "Somebody else changed this lead.");
    if (body.email && !body.email.includes("@")) {
      const message = "This is not a mail address.";
      return problem(response, 422, message, [{ field: "email", code: "invalid", message }]);
    }
    this.apply(lead, body);
    const { submissions: _, timeline: __, ...plain } = lead;
    return send(response, 200, plain, { etag: `"${lead.version}"` });
  }

  apply(lead: Stored, change: Schemas["LeadChange"]) {
    const to = stages.find(({ id }) => id === change.stage_id);
    const seq = (lead.timeline.at(-1)?.seq ?? 0) + 1;
    const entry = { seq, at: now(), actor: { id: me.user.id, name: me.user.name } };
    if (to !== undefined) {
      lead.timeline.push({
        ...entry,
        kind: "lead.stage_changed",
        data: { ...noData, from: lead.stage, to },
      });
      lead.stage = { id: to.id, name: to.name, kind: to.kind };
    }
    const fields = (["name", "email", "phone"] as const).filter(
      (field) => change[field] !== undefined,
    );
    if (fields.length > 0) {
      lead.timeline.push({ ...entry, kind: "lead.contact_changed", data: { ...noData, fields } });
      lead.name = change.name ?? lead.name;
      lead.email = change.email ?? lead.email;
      lead.phone = change.phone?.replace(/[^\d+]/g, "") ?? lead.phone;
    }
    lead.version += 1;
    lead.updated_at = now();
    this.tell("lead.updated", lead, to ? "lead.stage_changed" : "lead.contact_changed");
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

function send(
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function problem(
  response: ServerResponse,
  status: number,
  detail: string,
  errors: Schemas["FieldError"][] = [],
) {
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(
    JSON.stringify({
      type: "about:blank",
      title: detail,
      status,
      detail,
      errors,
      request_id: "01J9-4F2K-77QD",
    }),
  );
}
