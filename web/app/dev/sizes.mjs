// What somebody downloads before a screen works, compressed as the server sends it, beside the
// budget. Fails when a screen is too heavy. Run after `npm run build`.
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

const entry = "index.html";
const screens = [
  { name: "sign in", budget: 150, parts: [entry, "src/accounts/SignInPage.tsx"] },
  { name: "register", budget: 150, parts: [entry, "src/accounts/RegisterPage.tsx"] },
  {
    name: "lead list",
    budget: 250,
    parts: [entry, "src/app/Shell.tsx", "src/leads/LeadListPage.tsx"],
  },
  { name: "lead page", budget: 250, parts: [entry, "src/app/Shell.tsx", "src/leads/LeadPage.tsx"] },
  { name: "sources", budget: 250, parts: [entry, "src/app/Shell.tsx", "src/meta/SourcesPage.tsx"] },
  // On top of each of them, for whoever reads it.
  { name: "German", budget: 20, parts: ["src/app/de.json"] },
  // Beside them; no screen waits for it.
  { name: "German, said", budget: 12, parts: ["src/api/said.de.json"] },
];

function chunksOf(parts) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The build has no ${name}.`);
    found.add(name);
    for (const next of chunk.imports ?? []) visit(next);
  };
  parts.forEach(visit);
  return [...found].map((name) => manifest[name]);
}

const kilobytes = (files) =>
  [...new Set(files)].reduce(
    (sum, file) => sum + brotliCompressSync(readFileSync(new URL(file, dist))).length,
    0,
  ) / 1024;

let tooHeavy = false;
console.log("screen       script      budget   styles   (kB, brotli)");
for (const { name, budget, parts } of screens) {
  const chunks = chunksOf(parts);
  const script = kilobytes(chunks.map(({ file }) => file));
  const styles = kilobytes(chunks.flatMap(({ css }) => css ?? []));
  const verdict = script > budget ? "  too heavy" : "";
  tooHeavy ||= script > budget;
  console.log(
    `${name.padEnd(12)} ${script.toFixed(1).padStart(6)} ${String(budget).padStart(11)} ${styles.toFixed(1).padStart(8)}${verdict}`,
  );
}
process.exitCode = tooHeavy ? 1 : 0;
