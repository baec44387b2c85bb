// Keeps the list true without moving it: rows change where they stand, new ones announce themselves, one key takes
// them in. The server only says that something changed; what, is asked for.
import { say } from "./words.js";
import { open } from "./desk.js";
import { signedOut } from "./signed-out.js";

const list = () => document.getElementById("rows");
const news = () => document.getElementById("list-news");
let waiting = null;

async function fetchRows() {
  const most = Math.max(50, Math.min(200, list().querySelectorAll(".row").length));
  const address = `${list().dataset.refreshes}?most=${most}`;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null); // offline: the next one
  if (!answer?.ok || !answer.headers.get("Content-Type")?.startsWith("text/html")) return null;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  return box.content;
}

function same(one, other) {
  const told = (row) => row.textContent.replace(/\s+/g, " ") + row.dataset.message + row.querySelector(".clock")?.dataset.due;
  return told(one) === told(other);
}

function keepMarks(fresh, old) {
  for (const mark of ["data-cursor", "data-open", "data-chosen"]) fresh.toggleAttribute(mark, old.hasAttribute(mark));
  fresh.querySelector(".row-choice input").checked = old.hasAttribute("data-chosen");
}

function renew(content) {
  const fresh = new Map([...content.querySelectorAll(".row")].map((row) => [row.id, row]));
  const shown = [...list().querySelectorAll(".row")];
  const full = !content.querySelector(".more a");
  for (const old of shown) {
    const next = fresh.get(old.id);
    if (next && !same(next, old)) {
      const focused = old.contains(document.activeElement);
      const clone = next.cloneNode(true);
      keepMarks(clone, old);
      old.replaceWith(clone);
      if (focused) clone.querySelector(".row-link").focus({ preventScroll: true });
    } else if (!next && full) {
      old.toggleAttribute("data-gone", true);
    }
  }
  const known = new Set(shown.map((row) => row.id));
  return [...fresh.keys()].filter((id) => !known.has(id)).length;
}

function announce(count) {
  news().hidden = count === 0;
  news().querySelector("span").textContent = say("fresh", { count });
}

async function refresh() {
  if (!list()) return;
  const content = await fetchRows();
  if (!content) return;
  waiting = content;
  const count = renew(content.cloneNode(true));
  if (count && !list().querySelector(".row")) return takeIn();
  announce(count);
}

function takeIn() {
  if (!waiting) return;
  const scroll = document.getElementById("list-scroll");
  const old = new Map([...list().querySelectorAll(".row")].map((row) => [row.id, row]));
  for (const row of waiting.querySelectorAll(".row")) {
    if (old.has(row.id)) keepMarks(row, old.get(row.id));
    else row.classList.add("row-fresh");
  }
  list().replaceChildren(waiting);
  htmx.process(list());
  waiting = null;
  document.querySelector(".list-scroll > .empty")?.remove();
  announce(0);
  scroll.scrollTop = 0;
}

news()?.addEventListener("click", takeIn);
let refreshingSoon = 0;
document.body.addEventListener("tresen:changed", (event) => {
  if (event.target !== document.body) return;
  clearTimeout(refreshingSoon);
  refreshingSoon = setTimeout(refresh, 250);
});

// Whoever asks again only every few seconds would miss the last of several changes.
const SETTLED_AFTER = 3100;
let settling = 0;
document.body.addEventListener("tresen:changed", (event) => {
  if (event.target !== document.body) return;
  clearTimeout(settling);
  settling = setTimeout(() => document.body.dispatchEvent(new Event("tresen:settled")), SETTLED_AFTER);
});

// Quiet changes of the open ticket come in by themselves, unless somebody is writing.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "news" || !event.target.isConnected || document.querySelector("#desk[aria-busy]")) return;
  const writing = [...document.querySelectorAll("#composer textarea")].some((text) => text.value.trim());
  const busy = document.querySelector("#desk details.menu[open], dialog[open]");
  if (document.getElementById("news-change") && !writing && !busy) open(document.querySelector("#ticket").dataset.address, { push: false });
});

const offline = document.getElementById("offline");
let lost = false;

function connection(open) {
  if (lost === !open) return;
  lost = !open;
  offline.hidden = open;
  offline.querySelector("span").textContent = say(open ? "online" : "offline");
  if (open) document.body.dispatchEvent(new Event("tresen:changed"));
}

if (document.querySelector(".frame")) {
  const source = new EventSource("/live");
  let failures = 0;
  source.addEventListener("queue", () => document.body.dispatchEvent(new Event("tresen:changed")));
  source.addEventListener("over", signedOut);
  source.addEventListener("open", () => {
    failures = 0;
    if (navigator.onLine) connection(true);
  });
  source.addEventListener("error", () => {
    failures += 1;
    // One lost connection is nothing; without the network, or when it stays away, say so.
    if (!navigator.onLine || failures > 2) connection(false);
  });
  window.addEventListener("offline", () => connection(false));
  window.addEventListener("online", () => connection(true));
}
