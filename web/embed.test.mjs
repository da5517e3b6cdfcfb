import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { brotliDecompressSync } from "node:zlib";

const script = join(import.meta.dirname, "embed.mjs");
const page = `<html>${"hello ".repeat(100)}</html>`;

function site(extra = {}) {
  const folder = mkdtempSync(join(tmpdir(), "embed-"));
  const dist = join(folder, "dist");
  mkdirSync(join(dist, "assets"), { recursive: true });
  mkdirSync(join(dist, ".vite"));
  const files = {
    "index.html": page,
    "assets/main-DkF3a_9Z.js": "go()",
    "assets/main-DkF3a_9Z.js.map": "{}",
    ".vite/manifest.json": "{}",
    ...extra,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
  const out = join(folder, "out");
  const embed = () =>
    execFileSync(process.execPath, [script, out, `/app=${dist}`], {
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    out,
    embed,
    table: () => readFileSync(join(out, "embedded_assets.cpp"), "utf8"),
  };
}

test("every file gets a row, sorted by path, and only hashed names are immutable", () => {
  const { embed, table } = site();
  embed();
  const rows = table().match(/^ {8}\{"\/app.*$/gm);
  assert.equal(rows.length, 2);
  assert.match(rows[0], /"\/app\/assets\/main-DkF3a_9Z\.js", "text\/javascript.*true\},$/);
  assert.match(rows[1], /"\/app\/index\.html", "text\/html.*false\},$/);
});

test("the compressed bytes are the file, and small files are not made bigger", () => {
  const { out, embed, table } = site();
  embed();
  const pressed = readdirSync(join(out, "data"))
    .filter((name) => name.endsWith(".brotli"))
    .map((name) => readFileSync(join(out, "data", name)))
    .filter((bytes) => bytes.length > 0);
  assert.deepEqual(
    pressed.map((bytes) => brotliDecompressSync(bytes).toString()),
    [page],
  );
  assert.match(table(), /leadcrm_asset_0_2, 0\}/);
});

test("a second run touches nothing", () => {
  const { out, embed } = site();
  embed();
  const before = statSync(join(out, "assets.S")).mtimeMs;
  embed();
  assert.equal(statSync(join(out, "assets.S")).mtimeMs, before);
});

test("a kind of file that nobody has described is refused", () => {
  const { embed } = site({ "notes.xyz": "?" });
  assert.throws(embed, /say in web\/embed\.mjs what a \.xyz file is/);
});
