#!/usr/bin/env python3
"""The crash test: the server is killed with SIGKILL at random moments while webhooks pour in, and
started again; the simulator retries as Meta does. Afterwards every lead of the simulator is there
exactly once, whether its webhook was acknowledged before a crash or delivered again after it.

    crash.py [--leads 2000] [--kills 24] [--seed N] [--database-url postgresql://…]

Needs the release build. Prints what it did and, as its last line, passed or failed.
"""
import argparse
import collections
import pathlib
import random
import subprocess
import sqlite3
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "running"))
from product import Product, Simulator, wait_until  # noqa: E402


class Rows:
    """Looks into the product's database from outside, past every layer that could err."""

    def __init__(self, product, database_url):
        self.file = product.folder / "data/leadcrm.sqlite"
        self.url = database_url

    def ask(self, sql):
        if not self.url:
            with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30) as db:
                return [row for row in db.execute(sql)]
        # Row-level security would hide everything from the application's own role.
        text = subprocess.run(["psql", "--no-psqlrc", "-AtF\t", "-c", sql, self.url], check=True,
                              capture_output=True, text=True).stdout
        return [tuple(line.split("\t")) for line in text.splitlines()]


def kill_at_random(product, kills, dice, over):
    """Kills and restarts until it has done so often enough. Some kills hit a server that has only
    just come up, which is where recovery itself is cut off."""
    for number in range(kills):
        time.sleep(dice.choice([0.02, 0.1, 0.3, 0.6]) * dice.random() + 0.01)
        product.program.kill()
        began = time.monotonic()
        product.start()
        print(f"  kill {number + 1}: back after {(time.monotonic() - began) * 1000:.0f} ms", flush=True)
    over.set()


def pour(simulator, page_ids, count, over, dice):
    """Makes `count` leads in small bursts for as long as the killing lasts, all of them in the end."""
    ids = []
    while len(ids) < count:
        burst = min(dice.randint(1, 20), count - len(ids))
        ids += simulator.make_leads(dice.choice(page_ids), burst)
        if not over.is_set():
            time.sleep(0.03)
    return ids


def problems(rows, ids, organizations):
    """Everything that is not as it has to be, in words."""
    found = []
    stored = collections.Counter(row[0] for row in rows.ask("SELECT leadgen_id FROM submissions"))
    missing = [leadgen_id for leadgen_id in ids if leadgen_id not in stored]
    doubled = [leadgen_id for leadgen_id, times in stored.items() if times != organizations]
    strangers = set(stored) - set(ids)
    if missing:
        found.append(f"{len(missing)} leads are missing, such as {missing[0]}")
    if doubled:
        found.append(f"{len(doubled)} leads are not stored once, such as {doubled[0]}")
    if strangers:
        found.append(f"{len(strangers)} leads are nobody's, such as {next(iter(strangers))}")
    for what, sql in {
        "leads without a submission": """
            SELECT count(*) FROM leads l WHERE NOT EXISTS (SELECT 1 FROM submissions s
            WHERE s.organization_id = l.organization_id AND s.lead_id = l.id)""",
        "leads whose count of submissions is wrong": """
            SELECT count(*) FROM leads l WHERE l.submission_count <> (SELECT count(*)
            FROM submissions s WHERE s.organization_id = l.organization_id AND s.lead_id = l.id)""",
        "organizations whose events have gaps": """
            SELECT count(*) FROM (SELECT organization_id FROM events GROUP BY organization_id
            HAVING max(seq) <> count(*) OR min(seq) <> 1) gaps""",
        "submissions without their event": """
            SELECT abs((SELECT count(*) FROM submissions) - (SELECT count(*) FROM events
            WHERE kind IN ('lead.created', 'lead.came_back')))""",
        "fetches that are not done": "SELECT count(*) FROM lead_fetches WHERE state <> 'done'",
        "deliveries that were not sorted": "SELECT count(*) FROM webhook_deliveries WHERE state = 'new'",
    }.items():
        number = int(rows.ask(sql)[0][0])
        if number:
            found.append(f"{number} {what}")
    return found


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--leads", type=int, default=2000)
    words.add_argument("--kills", type=int, default=24)
    words.add_argument("--seed", type=int, default=int(time.time()))
    words.add_argument("--database-url", default="", help="the server's role")
    words.add_argument("--looking-url", default="", help="a role that sees every row, to look with")
    ask = words.parse_args()
    print(f"{ask.leads} leads, {ask.kills} kills, seed {ask.seed}", flush=True)
    dice = random.Random(ask.seed)

    simulator = Simulator(pages=3)
    product = Product(graph_url=simulator.url, database_url=ask.database_url)
    try:
        product.start()
        product.register()
        simulator.start(product.url + "/webhooks/meta")
        pages = simulator.state()["pages"]
        for page in pages:
            product.import_page(page["id"], page["name"], page["token"])

        over = threading.Event()
        killer = threading.Thread(target=kill_at_random, args=(product, ask.kills, dice, over))
        killer.start()
        ids = pour(simulator, [page["id"] for page in pages], ask.leads, over, random.Random(ask.seed))
        killer.join()
        assert over.is_set(), "the server did not come back"

        def all_told():
            counts = simulator.state()["deliveries"]
            return counts["waiting"] == 0 and counts["in_flight"] == 0
        wait_until(all_told, "every webhook to be acknowledged", seconds=120, pause=0.1)
        rows = Rows(product, ask.looking_url or ask.database_url)
        try:
            wait_until(lambda: not problems(rows, ids, 1), "everything to be stored", seconds=90, pause=0.3)
        except TimeoutError:
            pass  # said below
        counts = simulator.state()["deliveries"]
        print(f"  {counts['posts']} posts, {counts['failed_posts']} of them failed and were sent again")
        found = problems(rows, ids, 1)
        for problem in found:
            print("  " + problem)
        print("failed" if found or counts["given_up"] else "passed")
        return 1 if found or counts["given_up"] else 0
    finally:
        simulator.stop()
        product.remove()


if __name__ == "__main__":
    sys.exit(main())
