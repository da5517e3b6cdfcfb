#!/usr/bin/python3
"""Reads leads out of files of every format with nothing of ours: openpyxl, vobject and Python's own.

    lead_files.py FILE.csv|FILE.xlsx|FILE.vcf|FILE.jsonl …

Prints a list of leads for each file: name and phone, as text. Debian's own Python, for its packages.
"""
import csv
import json
import pathlib
import sys

import openpyxl
import vobject


def from_table(rows, name, phone):
    header, *rows = rows
    at = [header.index(name), header.index(phone)]
    return [[row[i] or "" for i in at] for row in rows]


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return from_table(list(csv.reader(file)), "name", "phone")


def read_xlsx(path):
    book = openpyxl.load_workbook(path)
    about = {row[0].value: row[1].value for row in book["About"]}
    leads = []
    for sheet in book:
        if sheet.title == "About":
            continue
        rows = list(sheet.iter_rows())
        for row in rows:
            for cell in row:
                assert cell.data_type != "f", f"a formula: {cell.coordinate} {cell.value}"
        header = [cell.value for cell in rows[0]]
        times = [i for i, each in enumerate(header) if each.startswith(("Submitted (", "Received ("))]
        assert len(times) == 2 and sheet.freeze_panes == "A2" and sheet.auto_filter.ref, header
        assert all(row[i].is_date for row in rows[1:] for i in times), "a time is no time"
        leads += from_table([[cell.value for cell in row] for row in rows], "Name", "Phone")
    assert about["Rows"] == len(leads), about
    return leads


def read_vcf(path):
    leads = []
    for card in vobject.readComponents(pathlib.Path(path).read_bytes().decode()):
        assert card.version.value == "4.0"
        phone = card.contents.get("tel", [None])[0]
        leads.append([card.fn.value, phone.value if phone else ""])
    return leads


def read_jsonl(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        leads = [json.loads(line) for line in file]
    return [[lead["name"], lead["phone"] or lead["phone_raw"] or ""] for lead in leads]


READERS = {".csv": read_csv, ".xlsx": read_xlsx, ".vcf": read_vcf, ".jsonl": read_jsonl}

if __name__ == "__main__":
    print(json.dumps([READERS[pathlib.Path(path).suffix](path) for path in sys.argv[1:]]))
