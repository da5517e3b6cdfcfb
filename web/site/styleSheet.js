// The one style sheet of the site: the tokens of the product (web/app/src/ui/tokens.css) and what
// the site makes of them. The app chooses light or dark by an attribute its script sets; the site
// has no script, so here the reader's own setting decides.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = (path) => readFileSync(join(import.meta.dirname, path), "utf8");
const darkSelector = '[data-mantine-color-scheme="dark"]';

function tokens() {
  const text = read("../app/src/ui/tokens.css");
  const [light, dark] = [":root {", `${darkSelector} {`].map((opening) => {
    const begin = text.indexOf(opening);
    if (begin < 0) throw new Error(`tokens.css has no ${opening}`);
    return text.slice(begin, text.indexOf("\n}", begin) + 2);
  });
  const inDark = dark.replace(darkSelector, ":root");
  return `${light}\n@media (prefers-color-scheme: dark) {\n${inDark}\n}\n`;
}

export function styleSheet(fontAddress) {
  const face = `@font-face {
  font-family: "Inter Variable";
  src: url("${fontAddress}") format("woff2");
  font-weight: 100 900;
  font-display: swap;
}\n`;
  const whole = face + tokens() + read("assets/site.css");
  return whole
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/\n\s+/g, "\n")
    .replace(/\n+/g, "\n");
}
