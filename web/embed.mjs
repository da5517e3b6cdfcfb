// Makes the built web pages into something the server can be linked with:
//     node web/embed.mjs OUT PREFIX=FOLDER…      (node web/embed.mjs build/web /app=web/app/dist)
// Every file is compressed here, once, as hard as it goes, so that nothing is compressed while
// somebody waits. OUT gets the compressed bytes, assets.S, which takes them in as they are
// (.incbin: no compiler ever reads them), and embedded_assets.cpp, the table behind
// src/platform/http/assets.hpp. Files that did not change are not touched, so nothing is rebuilt.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mp3": "audio/mpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

// Vite and Astro put a hash of the contents into the names in these folders, and nowhere else.
const hashedName = /\/(assets|_astro)\/[^/]+[-.][\w-]{8,}\.\w+$/;

function* filesBelow(folder, inside = "") {
  for (const entry of readdirSync(join(folder, inside), {
    withFileTypes: true,
  })) {
    if (entry.name.startsWith(".")) continue; // build notes such as .vite/
    const path = `${inside}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(folder, path);
    else yield path;
  }
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

function contentTypeOf(path) {
  const type = contentTypes[extname(path)];
  if (!type) throw new Error(`${path}: say in web/embed.mjs what a ${extname(path)} file is`);
  return type;
}

// A table row's three byte ranges: the file, and its compressed forms where they are smaller.
function encodings(bytes) {
  const worthIt = (smaller) => (smaller.length < bytes.length * 0.95 ? smaller : Buffer.alloc(0));
  return {
    identity: bytes,
    gzip: worthIt(gzipSync(bytes, { level: 9 })),
    brotli: worthIt(brotli(bytes)),
  };
}

function writeIfChanged(path, contents) {
  const bytes = Buffer.from(contents);
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  writeFileSync(path, bytes);
}

function collect(prefix, folder) {
  return [...filesBelow(folder)]
    .filter((inside) => !inside.endsWith(".map"))
    .map((inside) => {
      const bytes = readFileSync(join(folder, inside));
      const hash = createHash("sha256").update(bytes).digest("hex");
      return {
        path: prefix + inside,
        bytes,
        hash,
        type: contentTypeOf(inside),
      };
    });
}

function embed(out, sources) {
  const data = join(out, "data");
  mkdirSync(data, { recursive: true });

  const assets = sources
    .flatMap(([prefix, folder]) => collect(prefix, folder))
    .sort((a, b) => (a.path < b.path ? -1 : 1)); // by code unit, as std::string_view compares
  const kept = new Set();
  const assembler = [
    "// Made by web/embed.mjs.",
    '    .section .note.GNU-stack,"",@progbits',
    "    .section .rodata",
  ];
  const rows = assets.map((asset, number) => {
    // Named by contents: what was compressed in an earlier run is not compressed again.
    const files = ["identity", "gzip", "brotli"].map((form) => `${asset.hash}.${form}`);
    if (!files.every((file) => existsSync(join(data, file)))) {
      for (const [form, bytes] of Object.entries(encodings(asset.bytes)))
        writeFileSync(join(data, `${asset.hash}.${form}`), bytes);
    }
    for (const file of files) kept.add(file);

    const ranges = files.map((file, form) => {
      const symbol = `leadcrm_asset_${number}_${form}`;
      assembler.push(`    .global ${symbol}`, `${symbol}:`, `    .incbin "data/${file}"`);
      return { symbol, size: readFileSync(join(data, file)).length };
    });
    return { ...asset, ranges, immutable: hashedName.test(asset.path) };
  });
  for (const file of readdirSync(data)) if (!kept.has(file)) rmSync(join(data, file));

  writeIfChanged(join(out, "assets.S"), `${assembler.join("\n")}\n`);
  writeIfChanged(join(out, "embedded_assets.cpp"), table(rows));
  const sum = (form) =>
    rows.reduce((total, row) => total + (row.ranges[form].size || row.bytes.length), 0);
  console.log(`${rows.length} files, ${sum(0)} bytes, ${sum(2)} in brotli`);
}

function table(rows) {
  const symbols = rows.flatMap((row) => row.ranges.map((range) => range.symbol));
  const view = ({ symbol, size }) => `{${symbol}, ${size}}`;
  return `// Made by web/embed.mjs.
#include "platform/http/assets.hpp"

${symbols.map((symbol) => `extern "C" const char ${symbol}[];`).join("\n")}

namespace leadcrm::http {

std::span<const Asset> all_assets()
{
    static const Asset assets[] = {
${rows
  .map((row) => {
    const words = [row.path, row.type].map((word) => JSON.stringify(word)).join(", ");
    const etag = `"\\"${row.hash.slice(0, 32)}\\""`;
    return `        {${words}, ${etag}, ${row.ranges.map(view).join(", ")}, ${row.immutable}},`;
  })
  .join("\n")}
    };
    return assets;
}

}  // namespace leadcrm::http
`;
}

const [out, ...sources] = process.argv.slice(2);
if (!out || sources.length === 0) {
  console.error("node web/embed.mjs OUT PREFIX=FOLDER…");
  process.exit(2);
}
embed(
  out,
  sources.map((source) => source.split("=")),
);
