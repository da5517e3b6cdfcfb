// The endpoints of fixtureMeta.ts. LEADCRM_FIXTURES=empty begins before the first login.
import type { Delays, MetaPage, RoundTrip } from "../src/meta/metaShapes";
import {
  bodyOf,
  makeApp,
  makeConnection,
  makeDeliveries,
  makeDoctor,
  makeForms,
  makeLedger,
  makeMapping,
  makePages,
  pageFrom,
} from "./fixtureMeta.ts";

export type Said = { status: number; body?: unknown; problem?: string };
type Asked = { method: string; path: string; query: URLSearchParams; text: string };

const ok = (body: unknown, status = 200): Said => ({ status, body });

export class FixtureMeta {
  pages: MetaPage[];
  isSignedIn: boolean;
  app = makeApp("https://crm.fernhall.example");
  forms = makeForms();
  deliveries = makeDeliveries(makePages(), makeForms());
  sendTestLead: (pageId: string) => () => RoundTrip;
  lastTest: (() => RoundTrip) | undefined;

  constructor(isEmpty: boolean, sendTestLead: (pageId: string) => () => RoundTrip) {
    this.pages = isEmpty ? [] : makePages();
    this.isSignedIn = !isEmpty;
    this.sendTestLead = sendTestLead;
  }

  connection() {
    const pages = this.pages.length > 0 ? this.pages : makePages();
    const view = makeConnection(pages, this.isSignedIn);
    for (const page of view.pages)
      page.connected = this.pages.some((one) => one.page_id === page.page_id && one.connected);
    return view;
  }

  // Nothing when the address is not one of ours.
  answer({ method, path, query, text }: Asked): Said | undefined {
    const page = this.pages.find(({ page_id }) => page_id === query.get("page_id"));
    const [, id = "", verb] = /^\/meta\/pages\/(\w+)\/([\w-]+)$/.exec(path) ?? [];
    if (verb === "delays")
      return ok({ lead_count: 42, meta_to_us: 1.9, us_to_screen: 0.04 } satisfies Delays);
    if (verb === "test-lead" && method === "GET")
      return this.lastTest === undefined
        ? { status: 404, problem: "No test lead has been sent to this page yet." }
        : ok(this.lastTest());
    if (verb !== undefined && method === "POST") return this.pageVerb(id, verb);
    if (path.startsWith("/meta/deliveries")) return this.deliveryAnswer(method, path, query, text);
    const formId = /^\/meta\/forms\/(\w+)$/.exec(path)?.[1];
    const form = this.forms.find(({ form_id }) => form_id === formId);
    if (form !== undefined && method === "PATCH") {
      form.is_on = (JSON.parse(text) as { is_on: boolean }).is_on;
      return ok(form);
    }
    const mapped = /^\/meta\/forms\/(\w+)\/mapping$/.exec(path)?.[1];
    const mappedForm = this.forms.find(({ form_id }) => form_id === mapped);
    if (mappedForm !== undefined) return ok(makeMapping(mappedForm));
    switch (`${method} ${path}`) {
      case "GET /meta/mapping-runs":
        return ok({ data: [], next_cursor: null });
      case "GET /meta/pages":
        return ok({ data: this.pages, next_cursor: null });
      case "GET /meta/problems":
        return ok({
          data: this.pages.flatMap(({ page_id, name, connected, problems }) =>
            connected ? problems.map((one) => ({ page_id, page_name: name, ...one })) : [],
          ),
        });
      case "GET /meta/forms":
        return ok({ data: this.pages.length === 0 ? [] : this.forms, next_cursor: null });
      case "GET /meta/connection":
        return ok(this.connection());
      case "DELETE /meta/connection":
        this.isSignedIn = false;
        return ok(this.connection());
      case "GET /meta/app":
        return ok(this.app);
      case "PUT /meta/app":
        this.app = { ...this.app, app_id: JSON.parse(text).app_id, has_secret: true };
        return ok(this.app);
      case "DELETE /meta/app":
        this.app = { ...this.app, app_id: null, has_secret: false };
        return ok(this.app);
      case "GET /meta/ledger":
        return ok(makeLedger(this.forms.filter((_, at) => at !== 4 || page === this.pages[0])));
      case "POST /meta/leads-file":
        return this.file(text);
      case "GET /meta/doctor":
        return page === undefined
          ? { status: 404, problem: "This page is not connected." }
          : ok(makeDoctor(page));
      case "POST /meta/doctor/run": {
        const { page_id } = JSON.parse(text) as { page_id: string };
        const sick = this.pages.find((one) => one.page_id === page_id);
        return sick
          ? ok(makeDoctor(sick))
          : { status: 404, problem: "This page is not connected." };
      }
    }
    return undefined;
  }

  pageVerb(id: string, verb: string): Said {
    const page = this.pages.find(({ page_id }) => page_id === id);
    if (verb === "connect") {
      if (page !== undefined) {
        page.connected = true;
        page.problems = [];
        return ok(page);
      }
      const shown = this.connection().pages.find(({ page_id }) => page_id === id);
      if (shown?.can_connect !== true)
        return { status: 409, problem: "Facebook does not let us connect this page." };
      this.pages.push(pageFrom(shown));
      return ok(this.pages.at(-1));
    }
    if (page === undefined) return { status: 404, problem: "This page is not connected." };
    if (verb === "disconnect") page.connected = false;
    if (verb === "backfill")
      page.backfill = { state: "waiting", found: 0, stored: 0, started_at: null, ended_at: null };
    if (verb === "test-lead") {
      this.lastTest = this.sendTestLead(id);
      return ok({ leadgen_id: this.lastTest().leadgen_id }, 202);
    }
    return ok(page, verb === "backfill" ? 202 : 200);
  }

  deliveryAnswer(method: string, path: string, query: URLSearchParams, text: string): Said {
    if (method === "POST") {
      const { ids } = JSON.parse(text) as { ids: string[] };
      return ok({ ordered: ids.length }, 202);
    }
    const delivery = this.deliveries.find(({ id }) => path.endsWith(`/${id}`));
    if (delivery !== undefined) return ok({ ...delivery, body: bodyOf(delivery) });
    const result = query.get("result");
    const all = this.deliveries.filter((one) => result === null || one.result === result);
    const from = all.findIndex(({ id }) => id === query.get("cursor")) + 1;
    const data = all.slice(from, from + 50);
    return ok({ data, next_cursor: from + 50 < all.length ? (data.at(-1)?.id ?? null) : null });
  }

  file(text: string): Said {
    const rows = text.trim().split("\n").length - 1;
    if (rows < 1) return { status: 422, problem: "This file holds no leads." };
    const rejected = rows > 2 ? [{ line: 3, reason: "There is no lead id in this row." }] : [];
    const known = Math.floor(rows / 3);
    return ok({ rows, stored: rows - known - rejected.length, known, rejected });
  }
}
