// How the app is built, and what stands behind it while it is worked on: the real server, or, with
// `npm run dev:fixtures`, made-up leads from dev/.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { fixtureApi } from "./dev/fixtureApi.ts";
import { offlineShell } from "./dev/offlineShell.ts";

const server = process.env["LEADCRM_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "/app/",
  plugins: [react(), offlineShell(), ...(process.env["LEADCRM_FIXTURES"] ? [fixtureApi()] : [])],
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      "/api": { target: server, changeOrigin: true, headers: { origin: server } },
      // The way to Facebook and back.
      "/meta": { target: server, changeOrigin: true },
    },
  },
  test: {
    environment: "jsdom",
    // One document for all files: making one for each takes four times as long as the tests.
    isolate: false,
    testTimeout: 30_000,
    setupFiles: "src/app/testSetup.ts",
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
