// Writes the service worker at the end of a build, with the names of the files that make up the
// shell. The worker itself is src/app/serviceWorker.js. Without the judge of passwords: big, and of
// no use without the server. And without the languages: the worker keeps the one that is read.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const isLanguage = (module: string | null) => /\/src\/app\/[\w-]+\.json$/.test(module ?? "");

export function offlineShell(): Plugin {
  return {
    name: "offline-shell",
    apply: "build",
    generateBundle(_, bundle) {
      const files = Object.values(bundle)
        .filter((file) => file.type !== "chunk" || !isLanguage(file.facadeModuleId))
        .map(({ fileName }) => fileName)
        .filter((name) => /\.(js|css)$/.test(name) || /inter-latin-opsz/.test(name))
        .filter((name) => !/passwordJudge/.test(name))
        .sort();
      const version = createHash("sha256").update(files.join()).digest("hex").slice(0, 12);
      const source = readFileSync(new URL("../src/app/serviceWorker.js", import.meta.url), "utf8")
        .replace("__VERSION__", version)
        .replace('"__FILES__"', JSON.stringify(files.map((name) => `/app/${name}`)));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}
