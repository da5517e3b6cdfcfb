// The control page: asks for the state every second and draws it; every button is one call of the
// control API (README.md). Nothing that came from a lead is ever put in as HTML.

const $ = (selector) => document.querySelector(selector);

async function call(method, path, body) {
  const response = await fetch(`/_control/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.errors?.[0]?.message ?? answer.detail ?? answer.title);
  return answer;
}

// Carries out what a button asks for and says how it went.
async function act(what, method, path, body) {
  try {
    const answer = await call(method, path, body);
    $("#said").textContent = answer.trouble ? `${what}: ${answer.trouble}` : `${what}: done.`;
  } catch (error) {
    $("#said").textContent = `${what}: ${error.message}`;
  }
  await refresh();
}

function element(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function row(...cells) {
  const tr = element("tr");
  for (const cell of cells) {
    const td = element("td");
    td.append(...[cell].flat());
    tr.append(td);
  }
  return tr;
}

function button(text, action) {
  const made = element("button", text);
  made.onclick = action;
  return made;
}

const clock = (time) => (time ? time.slice(11, 19) : "");

// ---- drawing ----------------------------------------------------------------------------------

let pages_drawn = "";

function draw(state) {
  $("#app_id").textContent = state.app_id;
  $("#webhook_url").textContent = state.webhook.url || "nowhere";
  const forms = state.pages.flatMap((page) => page.forms);
  $("#leads").textContent = forms.reduce((sum, form) => sum + form.leads, 0);
  $("#graph_calls").textContent = state.graph_calls;
  for (const name of ["delivered", "waiting", "failed_posts", "dropped"])
    $(`#${name}`).textContent = state.deliveries[name];

  $("#faults").replaceChildren(...state.faults.map(fault_line));
  // Drawn anew only when they changed, so that nothing moves under the pointer.
  const drawn = JSON.stringify(state.pages);
  if (drawn === pages_drawn) return;
  pages_drawn = drawn;
  $("#pages").replaceChildren(...state.pages.map(page_row));
  fill_choices(state.pages);
}

function fault_line(fault) {
  const often = `${Math.round(fault.probability * 100)} %`;
  const times = fault.count === null ? "" : `, ${fault.count} more`;
  const line = element("li", `${fault.kind} on ${fault.endpoint}, ${often}${times} `);
  line.append(button("remove", () => act("Fault", "DELETE", `faults/${fault.id}`)));
  return line;
}

function page_row(page) {
  const alive = page.token_state === "alive";
  const token = [
    element("code", page.token),
    element("div", page.token_state, { class: alive ? "good" : "bad" }),
  ];
  const forms = page.forms.map((form) => {
    const line = element("div", "", { class: "form" });
    line.append(element("bdi", form.name), element("span", String(form.leads)),
      button("send", () => act("Lead", "POST", "leads", { form_id: form.id })));
    return line;
  });
  const kill = (subcode) => act("Token", "POST", "tokens", { page_id: page.id, subcode });
  const actions = alive
    ? [button("password changed", () => kill(460)), button("expired", () => kill(463)),
       button("role removed", () => kill(492))]
    : [button("renew the token", () => act("Token", "POST", "tokens/renew", { page_id: page.id }))];
  const refused = page.leads_access !== "granted";
  actions.push(button(refused ? "grant lead access" : "refuse lead access", () =>
    act("Lead access", "PATCH", `pages/${page.id}`, {
      leads_access: refused ? "granted" : "refused_as_missing",
    })));
  const buttons = element("div", "", { class: "buttons" });
  buttons.append(...actions);
  return row([element("div", page.name), element("code", page.id)], token, forms, buttons);
}

function fill_choices(pages) {
  const options = (select, things) => {
    const chosen = select.value;
    const made = things.map((thing) => element("option", thing.name, { value: thing.id }));
    select.replaceChildren(element("option", "any", { value: "" }), ...made);
    select.value = chosen;
  };
  const send = $("#send").elements;
  options(send.page_id, pages);
  const page = pages.find((one) => one.id === send.page_id.value);
  options(send.form_id, (page ? [page] : pages).flatMap((one) => one.forms));
}

function draw_deliveries(deliveries) {
  $("#deliveries").replaceChildren(...deliveries.map((delivery) => {
    const state = element("span", delivery.state, {
      class: delivery.state === "delivered" ? "good" : delivery.attempts > 1 ? "bad" : "",
    });
    const answer = delivery.last_status || delivery.trouble;
    const leads = delivery.changes > 1 ? `${delivery.changes} changes` : delivery.leadgen_ids.join();
    return row(String(delivery.id), state, leads, String(delivery.attempts), String(answer),
      clock(delivery.next_try));
  }));
}

function draw_calls(calls) {
  $("#calls").replaceChildren(...calls.map((one) => {
    const error = one.code ? `${one.code}${one.subcode ? `/${one.subcode}` : ""}` : "";
    return row(clock(one.at), `${one.method} ${one.path}`, one.endpoint, String(one.status),
      element("span", error, { class: "bad" }));
  }));
}

async function refresh() {
  try {
    const [state, deliveries, calls] = await Promise.all([
      call("GET", "state"), call("GET", "deliveries?limit=15"), call("GET", "calls?limit=15")]);
    draw(state);
    draw_deliveries(deliveries.data);
    draw_calls(calls.data);
    $("#pulse").classList.add("alive");
    return state;
  } catch {
    $("#pulse").classList.remove("alive");
  }
}

// ---- buttons ----------------------------------------------------------------------------------

function on_submit(form, action) {
  $(form).onsubmit = (event) => {
    event.preventDefault();
    action(event.target.elements);
  };
}

on_submit("#send", ({ page_id, form_id, count, webhook }) =>
  act("Leads", "POST", "leads", {
    count: Number(count.value),
    webhook: webhook.checked,
    ...(page_id.value && { page_id: page_id.value }),
    ...(form_id.value && { form_id: form_id.value }),
  }));
$("#send").elements.page_id.onchange = () => { pages_drawn = ""; refresh(); };

on_submit("#rate", ({ leads_per_second }) =>
  act("Rate", "PUT", "rate", { leads_per_second: Number(leads_per_second.value) }));

on_submit("#fault", ({ kind, endpoint, percent, count }) =>
  act("Fault", "POST", "faults", {
    kind: kind.value,
    endpoint: endpoint.value,
    probability: Number(percent.value) / 100,
    ...(count.value && { count: Number(count.value) }),
  }));

on_submit("#webhook", ({ drop, twice, reorder, signing }) =>
  act("Webhooks", "PUT", "webhook", {
    drop: Number(drop.value) / 100,
    twice: Number(twice.value) / 100,
    reorder: Number(reorder.value) / 100,
    signing: signing.value,
  }));

for (const made of document.querySelectorAll("[data-post]"))
  made.onclick = () => act(made.textContent, "POST", made.dataset.post);
$("[data-rate]").onclick = () => act("Rate", "PUT", "rate", { leads_per_second: 0 });
$("[data-reset]").onclick = () => act("Start over", "POST", "reset");
$("[data-unthrottle]").onclick = () => act("Throttling", "DELETE", "throttle");
$("[data-throttle]").onclick = async () => {
  const state = await call("GET", "state");
  for (const page of state.pages)
    await act("Throttling", "POST", "throttle", { code: 80005, page_id: page.id, seconds: 60 });
};

// The fields show what is set now.
const state = await refresh();
if (state) {
  $("#rate").elements.leads_per_second.value = state.leads_per_second;
  for (const name of ["drop", "twice", "reorder"])
    $("#webhook").elements[name].value = state.webhook[name] * 100;
  $("#webhook").elements.signing.value = state.webhook.signing;
}
setInterval(refresh, 1000);
