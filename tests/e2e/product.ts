// The product and the Graph simulator as running programs: the release build, real sockets, real
// signatures, one fresh pair for each journey.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test as base, type Page } from "@playwright/test";

const root = resolve(import.meta.dirname, "../..");
const app = { id: "555000000000001", secret: "app-secret-of-the-journeys", verify: "verify-me" };

export const password = "a long enough password";

// Ports below 32768: from there on an outgoing connection (of Chromium, say) may be given the port
// before the program listens. One after the other, so that none is given twice in a row.
const ports = { first: 20_000, count: 12_000 };
let nextPort = Math.floor(Math.random() * ports.count);

export async function freePort(): Promise<number> {
  for (;;) {
    const port = ports.first + (nextPort++ % ports.count);
    const isFree = await new Promise<boolean>((answer) => {
      const probe = createServer().once("error", () => answer(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => answer(true)));
    });
    if (isFree) return port;
  }
}

async function until(what: string, condition: () => Promise<boolean>) {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((rest) => setTimeout(rest, 20));
  }
  throw new Error(`waited in vain: ${what}`);
}

class Program {
  readonly process: ChildProcess;
  constructor(
    binary: string,
    words: string[],
    readonly log: string,
  ) {
    const out = openSync(log, "a");
    this.process = spawn(join(root, "build/release", binary), words, { stdio: ["ignore", out, out] });
  }

  async ready(url: string) {
    await until(`${url}\n${readFileSync(this.log, "utf8").slice(-2000)}`, async () => {
      if (this.process.exitCode !== null)
        throw new Error(`it stopped:\n${readFileSync(this.log, "utf8").slice(-2000)}`);
      return fetch(url).then((answer) => answer.ok, () => false);
    });
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const over = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await over;
  }
}

// A database of its own on the server that ./dev test has started.
function makePostgresDatabase(): string {
  const admin = process.env.TEST_POSTGRES_ADMIN_URL;
  const role = process.env.TEST_POSTGRES_URL;
  if (!admin || !role) throw new Error("no PostgreSQL server: run ./dev test e2e");
  const name = `journey_${process.pid}_${Date.now()}`;
  const sql = (database: string, text: string) =>
    execFileSync("psql", ["--no-psqlrc", "-qc", text, database], { stdio: "pipe" });
  const owner = /\/\/([^:@]+)/.exec(role)?.[1] ?? "leadcrm_app";
  sql(admin, `CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`);
  sql(admin.replace(/\/postgres$/, `/${name}`), "CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS btree_gin");
  return role.replace(/\/postgres$/, `/${name}`);
}

export class Simulator {
  program?: Program;
  constructor(
    readonly port: number,
    readonly folder: string,
  ) {}
  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(webhookUrl: string) {
    this.program = new Program(
      "meta-simulator",
      ["--listen", `127.0.0.1:${this.port}`, "--app-id", app.id, "--app-secret", app.secret,
        "--verify-token", app.verify, "--pages", "2", "--webhook-url", webhookUrl],
      join(this.folder, "simulator.log"),
    );
    await this.program.ready(`${this.url}/_control/state`);
  }

  async control(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${this.url}/_control/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  async firstPage() {
    const state = await this.control("GET", "state");
    return state.pages[0] as { id: string; name: string; token: string; forms: { id: string; name: string }[] };
  }

  // One lead of the first page, announced to the product by a signed webhook.
  async sendLead(values: Record<string, string>, wishes: Record<string, unknown> = {}) {
    const page = await this.firstPage();
    const made = await this.control("POST", "leads", { page_id: page.id, values, ...wishes });
    return made.ids[0] as string;
  }
}

export class Product {
  program?: Program;
  settings: string[] = [];
  constructor(
    readonly port: number,
    readonly folder: string,
    readonly database: string,
  ) {}
  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  // Without the platform's Meta app, organizations use their own.
  async start(simulator: Simulator, metricsPort: number, hasPlatformApp = true) {
    this.settings = [
      "--data", join(this.folder, "data"), "--listen", `127.0.0.1:${this.port}`,
      "--metrics-listen", `127.0.0.1:${metricsPort}`, "--meta-graph-url", simulator.url,
      "--meta-dialog-url", simulator.url, "--public-url", `http://127.0.0.1:${this.port}`,
      ...(hasPlatformApp
        ? ["--meta-app-id", app.id, "--meta-app-secret", app.secret, "--meta-verify-token", app.verify]
        : []),
      ...(this.database ? ["--database-url", this.database] : []),
    ];
    await this.startAgain();
  }

  async startAgain() {
    this.program = new Program("leadcrm", ["serve", ...this.settings], join(this.folder, "leadcrm.log"));
    await this.program.ready(`${this.url}/readyz`);
  }

  admin(...words: string[]) {
    return execFileSync(join(root, "build/release/leadcrm"), ["admin", ...words, ...this.settings], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  // Straight into the database, past the product: for what only time would bring about.
  sql(text: string) {
    if (this.database) {
      const admin = process.env.TEST_POSTGRES_ADMIN_URL ?? "";
      const name = this.database.split("/").at(-1);
      execFileSync("psql", ["--no-psqlrc", "-qc", text, admin.replace(/\/postgres$/, `/${name}`)], { stdio: "pipe" });
      return;
    }
    const file = new DatabaseSync(join(this.folder, "data/leadcrm.sqlite"), { timeout: 5000 });
    file.exec(text);
    file.close();
  }

  importPage(organization: string, page: { id: string; name: string; token: string }) {
    const file = join(this.folder, "token");
    writeFileSync(file, page.token);
    this.admin("import-page", "--organization", organization, "--page-id", page.id, "--name", page.name,
      "--access-token-file", file);
  }

  log() {
    return readFileSync(join(this.folder, "leadcrm.log"), "utf8");
  }
}

// The owner of a new organization, signed in and at work. Returns the organization's id. Journeys
// begin here; the page for it has one of its own, register.spec.ts.
export async function register(page: Page, product: Product, email = "dana@fernhall.example") {
  const answer = await page.request.post(`${product.url}/api/v1/auth/register`, {
    headers: { Origin: product.url },
    data: {
      organization_name: "Fernhall Homes",
      name: "Dana Whitlock",
      email,
      password,
      country: "GB",
      time_zone: "Europe/London",
    },
  });
  if (!answer.ok()) throw new Error(await answer.text());
  await page.goto(`${product.url}/app/leads`);
  await page.getByRole("heading", { name: "Leads", exact: true }).waitFor();
  return (await answer.json()).organization.id as string;
}

export const test = base.extend<{ hasPlatformApp: boolean; simulator: Simulator; product: Product }>({
  hasPlatformApp: [true, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  simulator: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "leadcrm-journey-"));
    const simulator = new Simulator(await freePort(), folder);
    await use(simulator);
    await simulator.program?.stop();
    rmSync(folder, { recursive: true, force: true });
  },
  product: async ({ simulator, hasPlatformApp }, use, info) => {
    const database = info.project.name === "postgres" ? makePostgresDatabase() : "";
    const product = new Product(await freePort(), simulator.folder, database);
    await product.start(simulator, await freePort(), hasPlatformApp);
    await simulator.start(`${product.url}/webhooks/meta`);
    await use(product);
    await product.program?.stop();
  },
});

export { expect } from "@playwright/test";

// An API key of the organization that `page` is signed in to.
export async function makeKey(page: Page, scopes = ["read_leads"]): Promise<string> {
  return page.evaluate(async (chosen) => {
    const answer = await fetch("/api/v1/keys", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: "Journey", scopes: chosen }),
    });
    return (await answer.json()).token;
  }, scopes);
}
