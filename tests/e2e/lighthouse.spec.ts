// What Lighthouse says of the public site: 95 of 100 or better in each of its four groups.
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { expect, freePort, test } from "./product";

// One page of each kind. LIGHTHOUSE_PAGES=all reads every page of the sitemap.
const kinds = ["/", "/pricing", "/docs/webhooks", "/privacy"];
const groups = ["performance", "accessibility", "best-practices", "seo"];
const least = 95;

async function addresses(site: string): Promise<string[]> {
  if (process.env.LIGHTHOUSE_PAGES !== "all") return kinds.map((path) => site + path);
  const map = await (await fetch(`${site}/sitemap.xml`)).text();
  return [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address ?? "");
}

for (const device of ["phone", "desktop"] as const) {
  test(`Lighthouse finds little to better on a ${device}`, async ({ launchOptions, product }) => {
    test.setTimeout(600_000);
    const port = await freePort();
    const browser = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`],
    });
    const audit = async (address: string) => {
      const options = { port, output: "json", logLevel: "error", onlyCategories: groups } as const;
      const told = await lighthouse(address, options, device === "desktop" ? desktopConfig : undefined);
      if (told?.lhr.runtimeError) return [];
      const scores = Object.values(told?.lhr.categories ?? {});
      expect(scores.map(({ id }) => id)).toEqual(groups);
      return scores.map(({ id, score }) => ({ id, score: Math.round(100 * (score ?? 0)) }));
    };
    const isWell = (scores: { score: number }[]) =>
      scores.length === groups.length && scores.every(({ score }) => score >= least);
    for (const address of await addresses(product.url)) {
      // What else the machine does goes into "performance", and Chromium's trace of a page may lack
      // its beginning: such a page has two more tries.
      let scores = await audit(address);
      for (let tries = 1; tries < 3 && !isWell(scores); ++tries) scores = await audit(address);
      const words = `${address}: ${scores.map(({ id, score }) => `${id} ${score}`).join(", ")}`;
      console.log(words);
      expect(isWell(scores), words).toBe(true);
    }
    await browser.close();
  });
}
