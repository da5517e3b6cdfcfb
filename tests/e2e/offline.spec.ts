// The app is kept in the browser: it opens when the server cannot be reached, and says so.
import { isAccessible } from "./accessible";
import { expect, register, test } from "./product";

test.use({ serviceWorkers: "allow" });

test("without the server the app opens, says so, and goes on when it is back", async ({ page, product, simulator }) => {
  product.importPage(await register(page, product), await simulator.firstPage());
  await simulator.sendLead({ full_name: "Ana Lima", email: "ana@example.com" });
  await expect(page.getByRole("link", { name: "Ana Lima", exact: true })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  await product.program?.stop();
  await page.reload();
  await expect(page.getByText("The server cannot be reached. Please check the connection.")).toBeVisible();
  await isAccessible(page);
  // Nothing of anybody is kept: only the app itself.
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept.filter((path) => path !== "/app/" && !path.startsWith("/app/assets/"))).toEqual([]);
  await expect(page.getByText("Ana Lima")).toHaveCount(0);

  await product.startAgain();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("link", { name: "Ana Lima", exact: true })).toBeVisible();
});
