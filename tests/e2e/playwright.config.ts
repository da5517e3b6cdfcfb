import { defineConfig } from "@playwright/test";

// Each journey runs on SQLite and, where ./dev test has started a PostgreSQL server, on that. The
// public site and its guide are the same on either.
export default defineConfig({
  outputDir: "../../build/test-results/e2e-output",
  workers: 1, // two cores: the server, the simulator and the browser need them
  timeout: 60_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: "sqlite", testIgnore: /lighthouse\.spec/ },
    ...(process.env.TEST_POSTGRES_ADMIN_URL ? [{ name: "postgres", testIgnore: /(site|guide|lighthouse)\.spec/ }] : []),
    // Measures time, so nothing else runs beside it: ./dev test lighthouse.
    { name: "alone", testMatch: /lighthouse\.spec/ },
  ],
  use: {
    locale: "en-GB",
    timezoneId: "Europe/London",
    // It fetches the whole app for each journey. offline.spec.ts has it.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
