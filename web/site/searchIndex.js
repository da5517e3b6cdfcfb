// The index of the documentation, made of the finished pages: every heading with the words below
// it. It is an ordinary list, readable without script; assets/search.js narrows it down.
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const textOf = (html) =>
  html
    .replace(/<svg.*?<\/svg>/gs, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&(#?\w+);/g, (whole, name) => entities[name] ?? whole)
    .replace(/\s+/g, " ")
    .trim();
const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

const snippetLength = 160;

// The words of a section that its lines in the index do not show, once each: search.js looks there
// too.
function moreWords(words, shown) {
  const all = new Set(words.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_-]+/gu));
  const seen = shown.toLowerCase();
  return [...all].filter((word) => !seen.includes(word)).join(" ");
}

// Where a page's text begins, and each of its sections: address, title, words.
function sectionsOf({ url, content }) {
  const body = /<article[^>]*>(.*)<\/article>/s.exec(content)?.[1];
  if (!body) return [];
  const title = textOf(/<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1] ?? url);
  return body
    .split(/(?=<h[23][ >])/)
    .map((part) => {
      const heading = /^<h[23][^>]*?(?:id="([^"]+)")?[^>]*>(.*?)<\/h[23]>/s.exec(part);
      const words = textOf(part.replace(/<h[123].*?<\/h[123]>/s, ""));
      if (!heading) return { address: url, title, words };
      const address = heading[1] ? `${url}#${heading[1]}` : url;
      return { address, title: `${title}: ${textOf(heading[2])}`, words };
    })
    .filter(({ words }) => words.length > 0);
}

export function indexOf(results) {
  return results
    .filter(({ url }) => url?.startsWith("/docs/") && url !== "/docs/search/")
    .map((page) => ({ ...page, url: page.url.replace(/\/$/, "") }))
    .sort((a, b) => (a.url < b.url ? -1 : 1))
    .flatMap(sectionsOf)
    .map(({ address, title, words }) => {
      const short = words.length > snippetLength ? `${words.slice(0, snippetLength)}…` : words;
      const more = moreWords(words, `${title} ${short}`);
      return `<li${more && ` data-more="${escaped(more)}"`}><a href="${address}">${escaped(title)}</a><p>${escaped(short)}</p></li>`;
    })
    .join("\n");
}
