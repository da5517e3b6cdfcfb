// Keeps the shell of the app at hand, so it opens at once and without a network. Answers of the
// API are never kept: they hold people's data and must be fresh. dev/offlineShell.ts fills in the
// version and the files.
const shell = "shell-__VERSION__";
const files = "__FILES__";
const page = "/app/";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.addAll([page, ...files]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== shell).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;

  if (event.request.mode === "navigate" && url.pathname.startsWith(page)) {
    // A fresh page when there is a network; it carries the policy and nonce of this visit.
    event.respondWith(fetch(event.request).catch(() => caches.match(page)));
  } else if (url.pathname.startsWith("/app/assets/")) {
    // These names hold a hash of their content, so what was kept can never be stale.
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetchToKeep(event)));
  }
});

// What is not in the list of files, such as the texts of a language, is kept once it was of use.
async function fetchToKeep(event) {
  const answer = await fetch(event.request);
  if (answer.ok) {
    const copy = answer.clone();
    event.waitUntil(caches.open(shell).then((cache) => cache.put(event.request, copy)));
  }
  return answer;
}
