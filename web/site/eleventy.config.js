// Builds the public site: plain pages that need no script. What belongs to one server only (its
// address, its operator) stays a mark, @@LIKE_THIS@@, which the server fills in when it starts.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { IdAttributePlugin } from "@11ty/eleventy";
import { indexOf } from "./searchIndex.js";
import { styleSheet } from "./styleSheet.js";

const here = import.meta.dirname;
const out = join(here, "dist");
const font = "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";

// Names with a hash of the contents may be kept for ever by browsers (web/embed.mjs knows them).
const addresses = new Map();
function place(name, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 12);
  const address = `/assets/${name.replace(/\.(\w+)$/, `-${hash}.$1`)}`;
  mkdirSync(join(out, "assets"), { recursive: true });
  writeFileSync(join(out, address), contents);
  addresses.set(name, address);
  return address;
}

function placeAssets() {
  const read = (path) => readFileSync(join(here, path));
  const fontAddress = place("inter.woff2", read(font));
  place("site.css", styleSheet(fontAddress));
  for (const name of ["search.js", "og.png"]) place(name, read(`assets/${name}`));
}

export default function configure(site) {
  site.on("eleventy.before", placeAssets);
  site.on("eleventy.after", ({ results }) => {
    const page = join(out, "docs/search/index.html");
    writeFileSync(page, readFileSync(page, "utf8").replace("<!-- index -->", indexOf(results)));
  });
  site.addFilter("asset", (name) => {
    if (!addresses.has(name)) throw new Error(`there is no asset ${name}`);
    return addresses.get(name);
  });
  // About how high a part of the reference is, by the rows of its table (site.css).
  site.addFilter("rowsClass", (rows) => {
    const step = [0, 5, 10, 20].filter((least) => rows.length > least).length;
    return step > 0 ? ` rows-${step}` : "";
  });
  // A program of examples/, as it is run in the tests.
  site.addFilter("program", (name) => readFileSync(join(here, "examples", name), "utf8").trim());
  // A picture of a screen: tests/e2e/guide.spec.ts makes it and sees that it is not stale.
  site.addShortcode("screen", (name, text, width = 1120, height = 600) => {
    const image = `<img class="shot" src="/screens/${name}.webp" alt="${text}" width="${width}" height="${height}" loading="lazy">`;
    return `<figure${width < 500 ? ' class="small"' : ""}>${image}<figcaption>${text}</figcaption></figure>`;
  });
  for (const name of readdirSync(join(here, "screens")).filter((file) => file.endsWith(".webp")))
    site.addPassthroughCopy({ [`screens/${name}`]: `screens/${name}` });
  site.addPassthroughCopy({ "../app/public/icons/favicon.svg": "favicon.svg" });
  site.addPassthroughCopy({ "../app/public/icons/icon-180.png": "apple-touch-icon.png" });
  for (const path of ["assets", "examples", "../app/src/ui/tokens.css"]) site.addWatchTarget(path);
  site.addPlugin(IdAttributePlugin, { selector: "h2,h3" });
}

export const config = {
  dir: { input: "pages", output: "dist", includes: "_parts", layouts: "_layouts" },
  markdownTemplateEngine: "njk",
  htmlTemplateEngine: "njk",
};
