#!/usr/bin/env python3
"""The benchmarks: each figure beside the baseline of the same run, and beside its budget.

Called by ./dev bench with the release build in place. `run.py webhook list …` runs a part, `--quick`
uses 100 k leads only. Everything runs on this machine, the load too, so figures are comparable
within a run and not between machines.
"""
import datetime
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/running"))
from product import APP_SECRET, Product, Simulator, free_port, wait_until  # noqa: E402

LOAD = ROOT / "build/release/leadcrm-bench"
SECONDS = 5
rows = []


def say(part, figure, value, baseline="", budget=""):
    rows.append((part, figure, value, baseline, budget))
    print(f"{part:<10} {figure:<52} {value:>22}   {baseline:<30} {budget}", flush=True)


def load(kind, port, connections, *words, seconds=SECONDS):
    text = subprocess.run(
        [LOAD, kind, str(port), str(connections), str(int(seconds * 1000)), *words],
        check=True, capture_output=True, text=True,
    ).stdout
    figures = json.loads(text)
    if figures["failures"]:
        print(f"           {figures['failures']} requests failed", flush=True)
    return figures


class Nginx:
    """nginx answering a static 200: what a server that does nothing costs on this machine."""

    def __init__(self):
        self.port = free_port()
        self.folder = tempfile.TemporaryDirectory()
        config = pathlib.Path(self.folder.name) / "nginx.conf"
        config.write_text(f"""
            daemon off; worker_processes auto; pid {self.folder.name}/pid; error_log stderr crit;
            events {{ worker_connections 4096; }}
            http {{
                access_log off; keepalive_requests 1000000000;
                client_body_temp_path {self.folder.name}; proxy_temp_path {self.folder.name};
                fastcgi_temp_path {self.folder.name}; uwsgi_temp_path {self.folder.name};
                scgi_temp_path {self.folder.name};
                server {{ listen 127.0.0.1:{self.port} backlog=4096;
                    location / {{ default_type text/plain; return 200 "ok"; }} }}
            }}""")
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-c", str(config)])
        wait_until(lambda: subprocess.run(
            ["curl", "-sf", "-o", "/dev/null", f"http://127.0.0.1:{self.port}/"]).returncode == 0,
            "nginx to answer")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def bench_start():
    product = Product()
    try:
        fresh = product.start()
        time.sleep(2)
        idle = product.program.resident_mb()
        product.stop()
        again = min(timed_restart(product) for _ in range(5))
        say("start", "first start, empty folder, with migrations", f"{fresh * 1000:.0f} ms")
        say("start", "start to ready, empty", f"{again * 1000:.0f} ms", budget="<= 300 ms")
        say("memory", "idle", f"{idle:.1f} MB", budget="<= 40 MB")
    finally:
        product.remove()


def timed_restart(product):
    seconds = product.start()
    product.stop()
    return seconds


def bench_webhook():
    """Every request is a lead nobody has seen, signed, committed durably before it is answered."""
    nginx, product = Nginx(), Product()
    try:
        product.start()
        budgets = {1: "", 32: ">= 0.25 x nginx", 256: ">= 0.35 x nginx"}
        for connections in (1, 32, 256):
            words = ("/webhooks/meta", APP_SECRET, "101010101010101")
            static = load("get", nginx.port, connections, "/")
            posted = load("webhooks", nginx.port, connections, *words)
            durable = load("webhooks", product.port, connections, *words)
            ratio = durable["per_second"] / static["per_second"]
            say("webhook", f"{connections} connections, durable",
                f"{durable['per_second']:,.0f}/s = {ratio:.2f} x",
                f"nginx {static['per_second']:,.0f}/s (same POST {posted['per_second']:,.0f}/s)",
                budgets[connections])
            say("webhook", f"{connections} connections, p50 / p99",
                f"{durable['p50_us'] / 1000:.2f} / {durable['p99_us'] / 1000:.2f} ms",
                f"nginx {static['p50_us'] / 1000:.2f} / {static['p99_us'] / 1000:.2f} ms")
        say("memory", "after the webhook load", f"{product.program.resident_mb():.0f} MB",
            budget="<= 300 MB")
    finally:
        product.remove()
        nginx.stop()


class Stream(threading.Thread):
    """Listens like a browser and notes when each lead arrived."""

    def __init__(self, product):
        super().__init__(daemon=True)
        import http.client
        self.connection = http.client.HTTPConnection("127.0.0.1", product.port)
        self.connection.request("GET", "/api/v1/stream", headers={"Cookie": product.cookie})
        self.answer = self.connection.getresponse()
        self.arrived = []  # (seconds since the epoch, lead)

    def run(self):
        event = ""
        for line in self.answer:
            if line.startswith(b"event: "):
                event = line[7:].strip().decode()
            elif line.startswith(b"data: ") and event == "lead.created":
                now = time.time()
                self.arrived.append((now, json.loads(line[6:])["lead"]))


def bench_live():
    """From the webhook's arrival to the event on an open stream. The simulator answers at once, so
    Graph's own time is one local round trip, which is in the figure."""
    import datetime
    simulator = Simulator()
    product = Product(graph_url=simulator.url)
    try:
        product.start()
        product.register()
        simulator.start(product.url + "/webhooks/meta")
        page = simulator.first_page()
        product.import_page(page["id"], page["name"], page["token"])
        stream = Stream(product)
        stream.start()
        count = 500
        for _ in range(count):
            simulator.make_leads(page["id"])
            time.sleep(0.02)
        wait_until(lambda: len(stream.arrived) >= count, "all leads on the stream")
        took = sorted(
            (at - datetime.datetime.fromisoformat(
                lead["received_at"].replace("Z", "+00:00")).timestamp()) * 1000
            for at, lead in stream.arrived)
        say("live", f"webhook to stream, {count} leads at 50/s, p50",
            f"{statistics.median(took):.1f} ms", budget="<= 10 ms")
        say("live", f"webhook to stream, {count} leads at 50/s, p99",
            f"{took[int(len(took) * 0.99) - 1]:.1f} ms", budget="<= 50 ms")
    finally:
        simulator.stop()
        product.remove()


def bench_meta(burst=1000, steady=200, held=5000):
    """What Graph is asked: calls a lead, one at a time and in a burst, and how fast a backfill reads
    what Meta holds when each call takes 50 ms. An element of a batch counts as a call."""
    simulator = Simulator(pages=2)
    product = Product(graph_url=simulator.url)
    try:
        product.start()
        product.register()
        simulator.start(product.url + "/webhooks/meta")
        first, second = simulator.state()["pages"]
        product.import_page(first["id"], first["name"], first["token"])
        wait_for_backfill(product, first["id"])
        stream = Stream(product)
        stream.start()

        def calls_for(count, send):
            before, arrived = simulator.state()["graph_calls"], len(stream.arrived)
            send()
            wait_until(lambda: len(stream.arrived) >= arrived + count, "all leads on the stream")
            return (simulator.state()["graph_calls"] - before) / count

        def one_by_one():
            for _ in range(steady):
                simulator.make_leads(first["id"])
                time.sleep(0.05)

        say("meta", f"Graph calls a lead, {steady} leads at 20/s", f"{calls_for(steady, one_by_one):.2f}")
        calls = calls_for(burst, lambda: simulator.make_leads(first["id"], burst))
        say("meta", f"Graph calls a lead, {burst} leads at once", f"{calls:.2f}")

        simulator.make_leads(second["id"], held, webhook=False, age_s=86_400)
        simulator.control("POST", "faults", {"kind": "latency", "latency_ms": 50, "endpoint": "any"})
        before, began = simulator.state()["graph_calls"], time.monotonic()
        product.import_page(second["id"], second["name"], second["token"])
        backfill = wait_for_backfill(product, second["id"])
        took = time.monotonic() - began
        calls = (simulator.state()["graph_calls"] - before) / held
        assert backfill["stored"] == held, backfill
        say("meta", f"backfill of {held} leads, 50 ms a call", f"{held / took:.0f} leads/s")
        say("meta", "Graph calls a lead in it", f"{calls:.3f}")
    finally:
        simulator.stop()
        product.remove()


def wait_for_backfill(product, page_id):
    def ended():
        pages = product.call("GET", "/api/v1/meta/pages")[1]["data"]
        backfill = next(page["backfill"] for page in pages if page["page_id"] == page_id)
        return backfill if backfill and backfill["state"] == "done" else None

    return wait_until(ended, "the backfill to end", seconds=300, pause=0.05)


LISTS = {
    "newest first": "",
    "by name": "sort=name",
    "one stage": "stage={stage}",
    "one stage, by name": "stage={stage}&sort=name",
    "unassigned, by update": "owner=unassigned&sort=-updated_at",
    "Instagram, by receipt": "source=ig&sort=received_at",
}
SEARCHES = {"name": "garcia", "part of a name": "mart", "phone digits": "5512", "mail": "lopez@",
            "nothing found": "qqxyzq", "two letters": "an"}


def bench_list(counts):
    nginx = Nginx()
    product = Product()
    try:
        product.start()
        product.register()
        have = 0
        for count in counts:
            begin = time.monotonic()
            product.admin("make-sample-leads", "--organization", product.organization, "--count",
                          str(count - have), "--seed", str(count))
            say("sample", f"making {count - have:,} sample leads",
                f"{(count - have) / (time.monotonic() - begin):,.0f}/s", budget=">= 20 000/s")
            have = count
            measure_lists(product, nginx, count)
            measure_searches(product, count)
        product.stop()
        say("start", f"start to ready with {have:,} leads",
            f"{timed_restart(product) * 1000:.0f} ms", budget="<= 300 ms")
    finally:
        product.remove()
        nginx.stop()


def measure_lists(product, nginx, count):
    _, stages = product.call("GET", "/api/v1/stages")
    stage = next(s["id"] for s in stages["data"] if s["kind"] == "open")
    static = load("get", nginx.port, 32, "/", seconds=3)
    for name, query in LISTS.items():
        path = "/api/v1/leads?" + query.format(stage=stage)
        one = load("get", product.port, 1, path, product.cookie, seconds=2)
        many = load("get", product.port, 32, path, product.cookie, seconds=3)
        say("list", f"{count:,} leads, 50 of them, {name}: p50 at 1",
            f"{one['p50_us'] / 1000:.2f} ms", budget="<= 1 ms")
        say("list", f"{count:,} leads, 50 of them, {name}: at 32",
            f"{many['per_second']:,.0f}/s", f"nginx {static['per_second']:,.0f}/s", ">= 8 000/s")


def measure_searches(product, count):
    for name, words in SEARCHES.items():
        path = "/api/v1/leads?q=" + urllib.parse.quote(words)
        figures = load("get", product.port, 1, path, product.cookie, seconds=2)
        say("search", f"{count:,} leads, {name} ({words}): p95",
            f"{figures['p95_us'] / 1000:.2f} ms", budget="<= 30 ms")


def bench_streams(count=10_000):
    simulator = Simulator()
    product = Product(graph_url=simulator.url)
    listeners = None
    try:
        product.start()
        product.register()
        simulator.start(product.url + "/webhooks/meta")
        page = simulator.first_page()
        product.import_page(page["id"], page["name"], page["token"])
        before = product.program.resident_mb()
        listeners = subprocess.Popen(
            [LOAD, "streams", str(product.port), str(count), product.cookie],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        listeners.stdout.readline()
        after = product.program.resident_mb()
        say("streams", f"memory of each of {count:,}", f"{(after - before) * 1024 / count:.1f} KB",
            budget="<= 20 KB")
        fan_out = []
        for _ in range(5):
            listeners.stdin.write("go\n")
            time.sleep(0.2)
            simulator.make_leads(page["id"])
            told = json.loads(listeners.stdout.readline())
            assert told["told"] == count, told
            fan_out.append(told["fan_out_ms"])
        say("streams", f"one event to {count:,}, first to last, median of 5",
            f"{statistics.median(fan_out):.0f} ms", budget="<= 250 ms")
    finally:
        if listeners:
            listeners.kill()
        simulator.stop()
        product.remove()


def bench_export(count):
    """Leads as each format, over HTTP from the order to the finished file."""
    product = Product()
    try:
        product.start()
        product.register()
        product.admin("make-sample-leads", "--organization", product.organization, "--count", str(count))
        description = product.call("GET", "/api/openapi.json")[1]["components"]["schemas"]
        formats = description["ExportView"]["properties"]["format"]["enum"]
        for name in (each for each in formats if each != "zip"):
            product.program.forget_peak()
            status, made = product.call("POST", "/api/v1/exports", {"kind": "leads", "format": name})
            assert status == 202, made

            def done():
                made.update(product.call("GET", "/api/v1/exports/" + made["id"])[1])
                return made["state"] in ("done", "failed")
            wait_until(done, "the export to be made", seconds=600, pause=0.05)
            assert made["state"] == "done" and made["rows"] == count, made
            took = parse_time(made["ended_at"]) - parse_time(made["ordered_at"])
            say("export", f"{count:,} leads as {name}, {made['bytes'] / 1e6:,.0f} MB",
                f"{count / took:,.0f}/s", f"peak {product.program.peak_mb():.0f} MB",
                ">= 200 000/s" if name == "csv" else "")
    finally:
        product.remove()


def parse_time(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def main(words):
    quick = "--quick" in words
    parts = [word for word in words if not word.startswith("--")]
    everything = {
        "start": bench_start,
        "webhook": bench_webhook,
        "live": bench_live,
        "meta": bench_meta,
        "streams": bench_streams,
        "export": lambda: bench_export(100_000 if quick else 1_000_000),
        "list": lambda: bench_list([100_000] if quick else [100_000, 1_000_000]),
    }
    for part in parts or everything:
        everything[part]()


if __name__ == "__main__":
    main(sys.argv[1:])
