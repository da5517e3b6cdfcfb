// What axe finds on the page as it stands: nothing.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

export async function isAccessible(page: Page) {
  // The screens do not know which database is behind them: once is enough.
  if (test.info().project.name === "postgres") return;
  // Our pages have no frames: looking into some of other origins costs a page and a second each time.
  const found = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
}
