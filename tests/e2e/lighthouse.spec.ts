// What Lighthouse says of the public site: 95 of 100 or better in each of its four groups.
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { expect, freePort, test } from "./product";

// One page of each kind. LIGHTHOUSE_PAGES=all reads every page of the sitemap.
const kinds = ["/", "/pricing", "/docs/webhooks", "/privacy"];
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
      const options = { port, output: "json", logLevel: "error" } as const;
      const told = await lighthouse(address, options, device === "desktop" ? desktopConfig : undefined);
      const groups = Object.values(told?.lhr.categories ?? {});
      expect(told?.lhr.runtimeError).toBeUndefined();
      expect(groups.map(({ id }) => id)).toEqual(["performance", "accessibility", "best-practices", "seo"]);
      return groups.map(({ id, score }) => ({ id, score: Math.round(100 * (score ?? 0)) }));
    };
    const isWell = (groups: { score: number }[]) => groups.every(({ score }) => score >= least);
    for (const address of await addresses(product.url)) {
      // What else the machine does goes into "performance", so a page has a second try.
      let groups = await audit(address);
      if (!isWell(groups)) groups = await audit(address);
      const words = `${address}: ${groups.map(({ id, score }) => `${id} ${score}`).join(", ")}`;
      console.log(words);
      expect(isWell(groups), words).toBe(true);
    }
    await browser.close();
  });
}
