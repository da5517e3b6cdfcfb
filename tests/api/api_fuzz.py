#!/usr/bin/env python3
"""The API against its own description: schemathesis makes requests that the description allows, and
some that it does not, for every endpoint, as an owner and with an API key. No answer may be a 5xx or
anything that the description does not tell.

    api_fuzz.py SCHEMATHESIS [--examples 25] [--seed N]

Needs the release build. Prints what it did and, as its last line, passed or failed.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "running"))
from product import Product, Simulator  # noqa: E402

CHECKS = ("not_a_server_error,response_schema_conformance,status_code_conformance,"
          "content_type_conformance,response_headers_conformance,unsupported_method")
# What would end the session that all the rest is tried with, or never ends itself.
ENDS = r"auth/logout|organization/deletion|/me/sessions|/me/password|/me/organization$|/stream$"
# What is tried on things that are there. The others are tried with ids of nothing.
NOBODY = {"leads": "lead_01h455vb4pex5vsknk084sn02q", "members": "user_01h455vb4pex5vsknk084sn02q"}


def describe(product):
    with urllib.request.urlopen(product.url + "/api/openapi.json", timeout=10) as answer:
        return json.load(answer)


def things(product, simulator):
    """Ids that exist, by the part of a path that stands before them."""
    page = simulator.first_page()
    return {
        "leads": [lead["id"] for lead in product.call("GET", "/api/v1/leads?limit=3")[1]["data"]],
        "stages": [stage["id"] for stage in product.call("GET", "/api/v1/stages")[1]["data"]],
        "members": [member["id"] for member in product.call("GET", "/api/v1/members")[1]["data"]],
        "pages": [page["id"]],
        "forms": [form["id"] for form in page["forms"][:2]],
    }


def with_ids(description, known):
    """The description with ids of what is there, so that more than 404 is looked at, and without the
    ways to sign in: who asks is decided here."""
    description.pop("security", None)
    description.get("components", {}).pop("securitySchemes", None)
    for path, operations in description["paths"].items():
        parts = path.split("/")
        for operation in operations.values():
            operation.pop("security", None)
            for parameter in operation.get("parameters", []):
                if parameter["in"] != "path":
                    continue
                before = parts[parts.index("{%s}" % parameter["name"]) - 1]
                if before in known and known[before]:
                    ids = known[before] + ([NOBODY[before]] if before in NOBODY else [])
                    parameter["schema"] = {"type": "string", "enum": ids}
    return description


def run(ask, product, description, who, headers):
    file = product.folder / "openapi.json"
    file.write_text(json.dumps(description))
    report = product.folder / f"{who}.har"
    words = [ask.schemathesis, "run", str(file), "--url", product.url, "--checks", CHECKS,
             "--max-examples", str(ask.examples), "--seed", str(ask.seed), "--warnings", "off",
             "--phases", "examples,coverage,fuzzing", "--generation-database", "none", "--no-color",
             "--report", "har", "--report-har-path", str(report), "--exclude-path-regex", ENDS]
    for name, value in headers.items():
        words += ["--header", f"{name}: {value}"]
    done = subprocess.run(words, cwd=product.folder, capture_output=True, text=True)
    counts = collections.Counter()
    operations = collections.defaultdict(set)
    for entry in json.loads(report.read_text())["log"]["entries"]:
        status = entry["response"]["status"]
        counts[status] += 1
        path = entry["request"]["url"].split("?")[0].removeprefix(product.url)
        operations[entry["request"]["method"] + " " + path].add(status)
    answered = sum(1 for statuses in operations.values() if any(each < 300 for each in statuses))
    told = ", ".join(f"{count} × {status}" for status, count in sorted(counts.items()))
    print(f"  {who}: {told}; {answered} addresses answered with what was asked for", flush=True)
    if done.returncode:
        print(done.stdout[-20000:], done.stderr[-2000:])
    return done.returncode == 0 and answered > 50


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("schemathesis")
    words.add_argument("--examples", type=int, default=25)
    words.add_argument("--seed", type=int, default=1)
    ask = words.parse_args()

    simulator = Simulator(pages=2)
    product = Product(graph_url=simulator.url)
    try:
        product.start()
        product.register()
        simulator.start(product.url + "/webhooks/meta")
        for page in simulator.state()["pages"]:
            product.import_page(page["id"], page["name"], page["token"])
        product.admin("make-sample-leads", "--organization", product.organization, "--count", "200")
        description = with_ids(describe(product), things(product, simulator))
        is_well = run(ask, product, description, "owner", {"Cookie": product.cookie, "Origin": product.url})
        # Otherwise most of it was said to somebody who had been signed out.
        is_well = product.call("GET", "/api/v1/me")[0] == 200 and is_well
        status, key = product.call("POST", "/api/v1/keys", {
            "name": "fuzz", "scopes": ["read_leads", "write_leads", "read_sources", "write_sources"]})
        assert status == 201, key
        is_well = run(ask, product, description, "key", {"Authorization": "Bearer " + key["token"]}) and is_well
        for line in product.program.log_path.read_text().splitlines():
            if '"level":"error"' in line and "a job failed" not in line:
                print("  " + line[:400])
                is_well = False
        print("passed" if is_well else "failed")
        return 0 if is_well else 1
    finally:
        simulator.stop()
        product.remove()


if __name__ == "__main__":
    sys.exit(main())
