#!/usr/bin/env python3
"""The storm: leads pour in over several pages and organizations while Meta drops, doubles and
reorders its webhooks, answers some calls with 500, and, if asked, throttles pages and kills a token.
Afterwards the ledger is equal, each lead is there once, in the right organization, and the log holds
neither a token nor what a person answered.

    storm.py [--leads 500] [--pages 5] [--organizations 2] [--throttle 0] [--kill-token]
             [--seed N] [--database-url postgresql://… --looking-url postgresql://…]

The large one: --leads 20000 --pages 50 --organizations 3 --throttle 2 --kill-token. Needs the release
build. Prints what it did and, as its last line, passed or failed.
"""
import argparse
import collections
import copy
import pathlib
import random
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "running"), str(TESTS / "crash")]
from crash import Rows  # noqa: E402
from product import Product, Simulator, wait_until  # noqa: E402

RECONCILE_INTERVAL_S = 1
PATIENCE_S = 120
THROTTLED_S = 400  # the product stays away for five minutes where Meta does not say for how long


def organizations_of(product, count):
    """The product as the owner of each organization sees it."""
    owners = []
    for number in range(count):
        owner = copy.copy(product)
        owner.register(f"Storm {number}", f"owner{number}@storm.example")
        owners.append(owner)
    return owners


def begin_trouble(simulator, pages, throttled):
    simulator.control("PUT", "webhook", {
        "drop": 0.3, "twice": 0.1, "reorder": 0.3, "reorder_ms": 500, "changes_per_post": 5,
    })
    simulator.control("POST", "faults", {"kind": "http_500", "endpoint": "any", "probability": 0.05})
    for page in pages[:throttled]:
        simulator.control("POST", "throttle", {
            "code": 80005, "page_id": page["id"], "seconds": 20, "prolong_s": 0,
            "announced_minutes": 1,
        })


def pour(simulator, pages, count, dice):
    made = 0
    while made < count:
        burst = min(dice.randint(1, 40), count - made)
        # Some are old enough that their webhook has had its chance.
        simulator.make_leads(dice.choice(pages)["id"], burst, age_s=dice.choice([0, 0, 600, 1800]))
        made += burst
        time.sleep(0.005)


def ids_at_meta(simulator, pages):
    return [lead["id"] for page in pages
            for lead in simulator.control("GET", f"leads?page_id={page['id']}")["data"]]


def ledger(owner):
    status, answer = owner.call("GET", "/api/v1/meta/ledger?days=7")
    assert status == 200, answer
    return answer["data"]


def is_complete(owner, expected):
    lines = ledger(owner)
    return (sum(line["meta"] for line in lines) == expected
            and all(line["meta"] == line["ours"] for line in lines))


def wait_until_complete(owner, expected, seconds):
    """With words about what is missing when it does not come to that."""
    try:
        wait_until(lambda: is_complete(owner, expected), "", seconds=seconds, pause=0.2)
    except TimeoutError:
        lines = [line for line in ledger(owner) if line["meta"] != line["ours"]]
        told = sum(line["meta"] for line in ledger(owner))
        pages = [(page["page_id"], page["mode"], page["problems"], page["backfill"],
                  page["waiting_fetches"], page["wait_until"])
                 for page in owner.call("GET", "/api/v1/meta/pages")[1]["data"]]
        raise TimeoutError(f"{expected} leads expected, {told} told of; {lines}; {pages}") from None


def kill_token(simulator, page, dice):
    simulator.control("POST", "tokens", {"page_id": page["id"], "subcode": dice.choice([460, 463])})


def renew_token(simulator, owner, page):
    token = simulator.control("POST", "tokens/renew", {"page_id": page["id"]})["token"]
    owner.import_page(page["id"], page["name"], token)


def told_in_log(product, simulator, owners):
    """What no log may hold: tokens, and what people answered."""
    log = (product.folder / "leadcrm.log").read_text()
    found = [word for word in ("EAASIM", "appsecret_proof=") if word in log]
    for owner in owners:
        leads = owner.call("GET", "/api/v1/leads?limit=200")[1]["data"]
        for lead in leads:
            found += [text for text in (lead["email"], lead["phone"], lead["phone_raw"])
                      if text and text in log]
    return found


def compare(rows, simulator, held, owners):
    """Meta's ids against the submissions, one by one."""
    trouble = []
    here = collections.defaultdict(list)
    column = "organization_id" if rows.url else "lower(hex(organization_id))"
    for organization, leadgen_id in rows.ask(f"SELECT {column}, leadgen_id FROM submissions"):
        here[str(organization).replace("-", "")].append(leadgen_id)
    by_pages = {}
    for owner, pages in zip(owners, held):
        by_pages[owner.organization] = sorted(ids_at_meta(simulator, pages))
    if sorted(map(sorted, here.values())) != sorted(filter(None, by_pages.values())):
        trouble.append("the submissions are not Meta's leads, each once and in its organization")
    doubled = [one for ids in here.values() for one, n in collections.Counter(ids).items() if n > 1]
    if doubled:
        trouble.append(f"{len(doubled)} leads are there more than once")
    return trouble


def storm(words):
    dice = random.Random(words.seed)
    simulator = Simulator(pages=words.pages)
    product = Product(simulator.url, words.database_url)
    product.settings += ["--meta-reconcile-interval", str(RECONCILE_INTERVAL_S)]
    product.settings[product.settings.index("--log-level") + 1] = "info"
    try:
        product.start()
        simulator.start(product.url + "/webhooks/meta")
        pages = simulator.state()["pages"]
        owners = organizations_of(product, words.organizations)
        held = [pages[number::words.organizations] for number in range(words.organizations)]
        for owner, theirs in zip(owners, held):
            for page in theirs:
                owner.import_page(page["id"], page["name"], page["token"])
        begin_trouble(simulator, pages, words.throttle)

        began = time.monotonic()
        if words.kill_token:
            pour(simulator, pages, words.leads // 2, dice)
            kill_token(simulator, pages[-1], dice)
            pour(simulator, pages, words.leads - words.leads // 2, dice)
            owner = next(o for o, theirs in zip(owners, held) if pages[-1] in theirs)
            renew_token(simulator, owner, pages[-1])
        else:
            pour(simulator, pages, words.leads, dice)
        print(f"  {words.leads} leads poured in {time.monotonic() - began:.1f} s", flush=True)
        for owner, theirs in zip(owners, held):
            expected = len(ids_at_meta(simulator, theirs))
            patience = PATIENCE_S + words.leads / 50 + (THROTTLED_S if words.throttle else 0)
            wait_until_complete(owner, expected, patience)
        print(f"  all of them here after {time.monotonic() - began:.1f} s", flush=True)

        trouble = compare(Rows(product, words.looking_url), simulator, held, owners)
        found = told_in_log(product, simulator, owners)
        if found:
            trouble.append(f"the log holds {found[:3]}")
        lines = [line for owner in owners for line in ledger(owner)]
        counts = collections.Counter(line["state"] for line in lines)
        print(f"  ledger: {dict(counts)}, {sum(line['repaired'] for line in lines)} leads repaired")
        return trouble
    finally:
        simulator.stop()
        product.remove()


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--leads", type=int, default=500)
    words.add_argument("--pages", type=int, default=5)
    words.add_argument("--organizations", type=int, default=2)
    words.add_argument("--throttle", type=int, default=0, help="pages whose limit is closed for a while")
    words.add_argument("--kill-token", action="store_true", help="one page has to be connected again")
    words.add_argument("--seed", type=int, default=int(time.time()))
    words.add_argument("--database-url", default="", help="the server's role")
    words.add_argument("--looking-url", default="", help="a role that sees every row, to look with")
    words = words.parse_args()
    print(f"storm.py --seed {words.seed}", flush=True)
    trouble = storm(words)
    for each in trouble:
        print("  " + each)
    print("failed" if trouble else "passed")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
