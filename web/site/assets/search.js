// Narrows the index of the documentation down while somebody types. Without it the page is the
// whole index.
const form = document.querySelector("#search");
const input = form.elements.q;
const found = document.querySelector("#found");
const entries = [...document.querySelectorAll("#index > li")].map((item) => ({
  item,
  words: `${item.textContent} ${item.dataset.more ?? ""}`.toLowerCase(),
}));

function narrow() {
  const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { item, words } of entries) {
    item.hidden = !wanted.every((word) => words.includes(word));
    if (!item.hidden) count += 1;
  }
  found.textContent =
    wanted.length === 0
      ? ""
      : `${count} of ${entries.length} sections${count ? "" : ". Try fewer words."}`;
}

input.value = new URLSearchParams(location.search).get("q") ?? "";
input.addEventListener("input", narrow);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?${new URLSearchParams({ q: input.value })}`);
  narrow();
});
narrow();
