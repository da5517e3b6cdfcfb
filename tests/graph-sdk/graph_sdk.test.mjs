// Facebook's own SDK reads pages, forms and leads from the simulator, unchanged: only its address is
// another. What it sends is part of the test: it puts the token into the query of every call (of
// POSTs too, whose parameters travel as JSON), and a JSON body of {} into GETs.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import sdk from "facebook-nodejs-business-sdk";

const { FacebookAdsApi, FacebookAdsApiBatch, Lead, LeadgenForm, Page } = sdk;

const program = ["release", "dev"]
  .map((preset) => fileURLToPath(new URL(`../../build/${preset}/meta-simulator`, import.meta.url)))
  .concat(process.env.META_SIMULATOR ?? [])
  .findLast((path) => existsSync(path));

let simulator;
let address;
let api;
let page_id;
let form_id;

before(async () => {
  assert.ok(program, "build meta-simulator first, or name it in META_SIMULATOR");
  simulator = spawn(program, ["--listen", "127.0.0.1:0", "--webhook-url", "", "--pages", "2"]);
  address = await new Promise((found, failed) => {
    let said = "";
    simulator.once("exit", (code) => failed(new Error(`the simulator ended with ${code}`)));
    simulator.stdout.on("data", (text) => {
      said += text;
      const match = /Graph API\s+(\S+)/.exec(said);
      if (match) found(match[1]);
    });
  });
  Object.defineProperty(FacebookAdsApi, "GRAPH", { get: () => address });

  const state = await control("GET", "state");
  page_id = state.pages[0].id;
  form_id = state.pages[0].forms[0].id;
  api = FacebookAdsApi.init(state.pages[0].token);
});

after(() => simulator?.kill());

async function control(method, path, body) {
  const response = await fetch(`${address}/_control/${path}`, {
    method,
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  assert.ok(response.ok, JSON.stringify(answer));
  return answer;
}

test("reads a page", async () => {
  const page = await new Page(page_id).get(["name", "category"]);
  assert.equal(page.id, page_id);
  assert.ok(page.name);
});

test("reads the forms of a page, with their questions", async () => {
  const forms = await new Page(page_id).getLeadGenForms(["name", "status", "questions"], { limit: 2 });
  assert.equal(forms.length, 2);
  assert.ok(forms.hasNext());
  const seen = [...forms];
  seen.push(...(await forms.next()));
  assert.equal(new Set(seen.map((form) => form.id)).size, 3);
  assert.equal(forms.hasNext(), false);
  const german = seen.find((form) => form.id === form_id);
  assert.ok(german.questions.some((question) => question.key === "wie_viele_fenster?"));
});

test("walks through the leads of a form, filtered by time", async () => {
  await control("POST", "leads", { form_id, count: 60, webhook: false });
  const old = await control("POST", "leads", { form_id, count: 5, age_s: 7200, webhook: false });

  const ids = new Set();
  let leads = await new LeadgenForm(form_id).getLeads(["id", "created_time", "field_data"], { limit: 25 });
  for (;;) {
    for (const lead of leads) ids.add(lead.id);
    if (!leads.hasNext()) break;
    leads = await leads.next();
  }
  assert.equal(ids.size, 65);

  const an_hour_ago = Math.floor(Date.now() / 1000) - 3600;
  const fresh = await new LeadgenForm(form_id).getLeads(["id"], {
    limit: 100,
    filtering: [{ field: "time_created", operator: "GREATER_THAN", value: an_hour_ago }],
  });
  assert.equal(fresh.length, 60);
  assert.ok(!fresh.some((lead) => old.ids.includes(lead.id)));
});

test("reads one lead and is told when there is none", async () => {
  const { ids } = await control("POST", "leads", {
    form_id,
    webhook: false,
    values: { full_name: "Zoë 😀 <b>" },
    organic: false,
  });
  const lead = await new Lead(ids[0]).get(["field_data", "ad_name", "platform", "is_organic"]);
  assert.equal(lead.field_data[0].values[0], "Zoë 😀 <b>");
  assert.equal(lead.is_organic, false);
  assert.ok(lead.ad_name.startsWith("Video "));

  await assert.rejects(new Lead("444444444444").get(["id"]), (error) => {
    assert.equal(error.status, 400);
    assert.equal(error.response.code, 100);
    assert.equal(error.response.error_subcode, 33);
    return true;
  });
});

test("makes a test lead and deletes it", async () => {
  const form = new LeadgenForm(form_id);
  const made = await form.createTestLead([], {
    field_data: [{ name: "full_name", values: ["Test"] }],
  });
  assert.ok(made.id);
  await assert.rejects(form.createTestLead([], {}), (error) => error.response.error_subcode === 1892058);
  const listed = await form.getTestLeads(["field_data"]);
  assert.equal(listed[0].id, made.id);
  await new Lead(made.id).delete();
  assert.equal((await form.getTestLeads(["id"])).length, 0);
});

test("reads leads in a batch and asks again for what was not reached", async () => {
  const { ids } = await control("POST", "leads", { form_id, count: 3, webhook: false });
  await control("POST", "faults", { kind: "batch_null", endpoint: "lead", count: 1 });
  const seen = [];
  const refused = [];
  const batch = new FacebookAdsApiBatch(api);
  for (const id of [...ids, "444444444444"])
    batch.add("GET", [id], { fields: "id,field_data" }, null,
      (answer) => seen.push(answer.body.id), (answer) => refused.push(answer.error.response.error.code));
  const again = await batch.execute();
  assert.equal(seen.length, 2);
  assert.deepEqual(refused, [100]);
  assert.equal(await again.execute(), null);
  assert.deepEqual(seen.sort(), ids.sort());
});

test("sees a dead token as what it is", async () => {
  await control("POST", "tokens", { page_id, subcode: 460 });
  await assert.rejects(new Page(page_id).get(["name"]), (error) => {
    assert.equal(error.response.code, 190);
    assert.equal(error.response.error_subcode, 460);
    return true;
  });
});
