#!/usr/bin/env python3
"""What an organization is promised about its data, tried on the running program while it is busy.

Three organizations are full of leads, and 200 more a second arrive for the first one.
1. Everything of hers is exported meanwhile. The file is read back here, with nothing of ours: sums,
   numbers of rows, CSV against JSON lines, and against the database: all rows up to one moment and
   none after it. The download is broken off and resumed. Leads alone are the same people in each
   format, as other programs read them.
2. A backup is made.
3. She is deleted, and the server killed with SIGKILL again and again until that is done. No table
   has a row of hers, no file in the data folder her marker, and the exports of the others are what
   they were, byte for byte.
4. The backup is restored: she does not come back, the others do.

    rights.py [--leads 3000] [--kills 8] [--seconds 8] [--database-url … --looking-url … --empty-url …]

Needs the release build. Prints what it did and, as its last line, passed or failed.
"""
import argparse
import csv
import hashlib
import io
import json
import pathlib
import random
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "running"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "crash"))
from crash import Rows  # noqa: E402
from product import ROOT, Product, Simulator, wait_until  # noqa: E402

MARKER = "Zanzibarium"
PASSWORD = "a long enough password"
# What an export adds about itself, and what looking at Facebook's forms goes on to note.
GOES_ON = {"exports", "audit_log", "audit_counts", "backfills", "form_walks", "forms"}


class Member:
    """An owner in a browser of her own."""

    def __init__(self, product, name, email):
        self.product, self.name, self.email, self.cookie = product, name, email, ""

    def call(self, method, path, body=None):
        self.product.cookie = self.cookie
        answer = self.product.call(method, path, body)
        self.cookie = self.product.cookie
        return answer

    def register(self):
        self.product.cookie = ""
        self.product.register(self.name, self.email)
        self.cookie = self.product.cookie
        return self.product.organization

    def export(self, **order):
        """Orders a file, everything if nothing is said, waits, and returns its bytes, fetched in two parts."""
        status, made = self.call("POST", "/api/v1/exports", {"kind": "organization", **order})
        assert status == 202, made
        path = "/api/v1/exports/" + made["id"]

        def done():
            made.update(self.call("GET", path)[1])
            return made["state"] in ("done", "failed")
        wait_until(done, "the export to be made", seconds=120, pause=0.1)
        assert made["state"] == "done", made
        half = made["bytes"] // 2
        data = self.fetch(made["download_path"], f"bytes=0-{half}")
        data += self.fetch(made["download_path"], f"bytes={half + 1}-")
        assert len(data) == made["bytes"], (len(data), made)
        assert hashlib.sha256(data).hexdigest() == made["sha256"]
        return data, made["rows"]

    def fetch(self, path, part):
        request = urllib.request.Request(self.product.url + path, headers={
            "Cookie": self.cookie, "Range": part})
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.status == 206, answer.status
            return answer.read()


class Export:
    """The archive, read with Python's own library."""

    def __init__(self, data):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        assert self.zip.testzip() is None
        self.schema = json.loads(self.zip.read("schema.json"))
        self.tables = {table["table"]: table for table in self.schema["tables"]}

    def lines(self, table):
        return self.zip.read(f"tables/{table}.jsonl").decode().splitlines()

    def rows(self, table):
        return [json.loads(line) for line in self.lines(table)]

    def problems(self):
        found = []
        for line in self.zip.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ", 1)
            if hashlib.sha256(self.zip.read(name)).hexdigest() != digest:
                found.append(f"the sum of {name} is wrong")
        for name, table in self.tables.items():
            rows = self.rows(name)
            sheet = list(csv.reader(io.StringIO(self.zip.read(f"tables/{name}.csv").decode(), newline="")))
            if not len(rows) == len(sheet) - 1 == table["rows"]:
                found.append(f"{name}: {table['rows']} rows are told, {len(rows)} and {len(sheet) - 1} written")
            for row, cells in zip(rows, sheet[1:]):
                if not all(same(row[column], cell) for column, cell in zip(sheet[0], cells)):
                    found.append(f"{name}: CSV and JSON differ: {row} {cells}")
                    break
        return found


def same(value, cell):
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, (dict, list)):
        text = cell[1:] if cell.startswith("'") else cell
        return json.loads(text) == value
    if isinstance(value, (int, float)):
        return cell == "" or float(cell) == float(value) or json.loads(cell) == value
    return cell in (value, "'" + value) or cell == json.dumps(value)


def of_one_moment(export, rows, organization):
    """Every row up to the export's last number is in it, and nothing after."""
    found = []
    for table, number, told in (("leads", "number", "name"), ("events", "seq", "kind")):
        written = {row[number]: row[told] for row in export.rows(table)}
        last = max(written)
        if sorted(written) != list(range(1, last + 1)):
            found.append(f"{table}: {len(written)} rows, numbers up to {last}")
        kept = dict((int(row[0]), row[1]) for row in rows.ask(
            f"SELECT {number}, {told} FROM {table} WHERE hex_of(organization_id) = '{organization}'"
            f" AND {number} <= {last}"))
        if {each: str(value) for each, value in kept.items()} != {
                each: str(value) for each, value in written.items()}:
            found.append(f"{table}: not what the database has up to {last}")
    leads = {row["id"] for row in export.rows("leads")}
    if {row["lead_id"] for row in export.rows("submissions")} != leads:
        found.append("leads and submissions are of different moments")
    return found


def lead_files_differ(owner, formats, folder):
    """Leads in each format, read by programs of others: the same people in each."""
    files = {}
    for name in formats:
        data, count = owner.export(kind="leads", format=name)
        files[folder / f"leads.{name}"] = count
        (folder / f"leads.{name}").write_bytes(data)
    read = json.loads(subprocess.run(
        [ROOT / "tests/rights/lead_files.py", *files], check=True, capture_output=True, text=True).stdout)
    print(f"  leads in {len(files)} formats: {', '.join(str(count) for count in files.values())} rows", flush=True)
    return [f"{path.name}: {len(leads)} leads of {count}, or others than in {next(iter(files)).name}"
            for (path, count), leads in zip(files.items(), read)
            if len(leads) != count or sorted(leads) != sorted(read[0])]


class Looking(Rows):
    """One way to write an id for both databases."""

    def ask(self, sql):
        word = "replace(%s::text, '-', '')" if self.url else "lower(hex(%s))"
        return super().ask(sql.replace("hex_of(organization_id)", word % "organization_id"))

    def tables(self):
        if self.url:
            return [row[0] for row in self.ask(
                "SELECT table_name FROM information_schema.columns WHERE column_name = 'organization_id'"
                " AND table_schema = 'public'")]
        return [row[0] for row in self.ask(
            "SELECT t.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c"
            " WHERE c.name = 'organization_id' AND t.schema = 'main'")]


def id_of(rows, name):
    organization = "id::text" if rows.url else "lower(hex(id))"
    found = rows.ask(f"SELECT {organization} FROM organizations WHERE name = '{name}'")
    return found[0][0].replace("-", "") if found else None


def arrive(simulator, page, over):
    """200 leads a second, announced by signed webhooks."""
    made = 0
    began = time.monotonic()
    while not over.is_set():
        due = int((time.monotonic() - began) * 200) - made
        if due > 0:
            simulator.make_leads(page, due)
            made += due
        time.sleep(0.05)
    return made


def comparable(data):
    export = Export(data)
    return {name: export.lines(name) for name in export.tables if name not in GOES_ON}


def kill_until_deleted(product, rows, name, kills, dice):
    """Returns the steps that a kill hit. On PostgreSQL the work waits for its lease after the first."""
    hit = []
    known = 0
    for _ in range(kills):
        time.sleep(dice.random() * 0.06)
        product.program.kill()
        steps = steps_done(product)
        hit += steps[known:][-1:]
        known = len(steps)
        product.start()
        if "scrub" in hit:
            break
    wait_until(lambda: id_of(rows, name) is None, "the deletion to end", seconds=120, pause=0.2)
    # The last step empties SQLite's log, after the organization is gone.
    wait_until(lambda: "scrub" in steps_done(product), "the log to be emptied", seconds=90, pause=0.2)
    time.sleep(1)
    return hit


def steps_done(product):
    said = [json.loads(line) for line in product.program.log_path.read_text().splitlines()
            if '"step"' in line]
    return [line["step"] for line in said if line["what"] == "deleting an organization"]


def files_with(folder, word):
    return [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()
            and word.lower().encode() in file.read_bytes().lower()]


def restored(product, backup, url):
    """The names of the organizations in a database that was made of the backup."""
    folder = product.folder / "restored"
    words = ["--from", str(backup), "--data", str(folder)] + (["--database-url", url] if url else [])
    # What was deleted since stands in the old data folder.
    folder.mkdir()
    (folder / "tombstones.jsonl").write_bytes((product.folder / "data/tombstones.jsonl").read_bytes())
    subprocess.run([str(ROOT / "build/release/leadcrm"), "restore", *words], check=True,
                   capture_output=True, cwd=ROOT)
    return folder


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--leads", type=int, default=3000)
    words.add_argument("--kills", type=int, default=8)
    words.add_argument("--seconds", type=float, default=8)
    words.add_argument("--seed", type=int, default=int(time.time()))
    words.add_argument("--database-url", default="", help="the server's role")
    words.add_argument("--looking-url", default="", help="a role that sees every row, to look with")
    words.add_argument("--empty-url", default="", help="an empty database, to restore into")
    words.add_argument("--empty-looking-url", default="")
    ask = words.parse_args()
    print(f"{ask.leads} leads each, {ask.kills} kills, seed {ask.seed}", flush=True)
    dice = random.Random(ask.seed)

    simulator = Simulator(pages=3)
    product = Product(graph_url=simulator.url, database_url=ask.database_url)
    product.settings[product.settings.index("--log-level") + 1] = "info"
    found = []
    try:
        product.start()
        rows = Looking(product, ask.looking_url)
        simulator.start(product.url + "/webhooks/meta")
        owners = [Member(product, name, f"dana@{name.lower()}.example")
                  for name in (MARKER, "Globex", "Initech")]
        for owner, page in zip(owners, simulator.state()["pages"]):
            organization = owner.register()
            product.import_page(page["id"], f"{owner.name} page", page["token"])
            product.admin("make-sample-leads", "--organization", organization, "--count", str(ask.leads))
            simulator.make_leads(page["id"], 5)
        first_page = simulator.state()["pages"][0]["id"]

        over = threading.Event()
        arrived = []
        arriving = threading.Thread(target=lambda: arrived.append(arrive(simulator, first_page, over)))
        arriving.start()
        time.sleep(ask.seconds / 2)
        began = time.monotonic()
        data, count = owners[0].export()
        took = time.monotonic() - began
        time.sleep(ask.seconds / 2)
        over.set()
        arriving.join()
        export = Export(data)
        print(f"  {arrived[0]} leads arrived; exported meanwhile: {count} rows, {len(data) >> 10} KiB"
              f" in {took:.1f} s", flush=True)
        found += export.problems()
        wait_until(lambda: all(simulator.state()["deliveries"][state] == 0
                               for state in ("waiting", "in_flight")), "all webhooks to be taken", 60, 0.1)
        found += of_one_moment(export, rows, id_of(rows, MARKER))

        subprocess.run([str(ROOT / "build/release/leadcrm"), "backup", "--to", str(product.folder / "backups"),
                        *product.settings], check=True, capture_output=True, cwd=ROOT)
        backup = next((product.folder / "backups").glob("*.zip"))
        wait_until(lambda: int(rows.ask("SELECT count(*) FROM jobs WHERE kind LIKE 'meta.fetch%'")[0][0]) == 0,
                   "all leads to be fetched", 60, 0.2)
        description = owners[1].call("GET", "/api/openapi.json")[1]["components"]["schemas"]
        formats = description["ExportView"]["properties"]["format"]["enum"]
        found += lead_files_differ(owners[1], [each for each in formats if each != "zip"], product.folder)
        before = [comparable(owner.export()[0]) for owner in owners[1:]]

        gone = id_of(rows, MARKER)
        assert ask.database_url or files_with(product.folder / "data", MARKER)
        status, order = owners[0].call("POST", "/api/v1/organization/deletion", {
            "organization_name": MARKER, "password": PASSWORD, "grace_days": 0})
        assert status == 202, order
        hit = kill_until_deleted(product, rows, MARKER, ask.kills, dice)
        print(f"  deleted; killed while at work in: {', '.join(hit)}", flush=True)
        for table in rows.tables():
            left = int(rows.ask(f"SELECT count(*) FROM {table} WHERE hex_of(organization_id) = '{gone}'")[0][0])
            if left:
                found.append(f"{left} rows of hers are left in {table}")
        found += [f"{MARKER} stands in {name}" for name in files_with(product.folder / "data", MARKER)]
        after = [comparable(owner.export()[0]) for owner in owners[1:]]
        for owner, old, new in zip(owners[1:], before, after):
            found += [f"{owner.name}: {table} has changed" for table in old if old[table] != new.get(table)]

        product.stop()
        folder = restored(product, backup, ask.empty_url)
        new = Looking(product, ask.empty_looking_url)
        new.file = folder / "leadcrm.sqlite"
        names = sorted(row[0] for row in new.ask("SELECT name FROM organizations"))
        print(f"  restored: {', '.join(names)}", flush=True)
        if names != ["Globex", "Initech"]:
            found.append(f"restored are {names}")
        found += [f"{MARKER} came back in {name}" for name in files_with(folder, MARKER)]
        for problem in found:
            print("  " + problem)
        print("failed" if found else "passed")
        return 1 if found else 0
    finally:
        simulator.stop()
        product.remove()


if __name__ == "__main__":
    sys.exit(main())
