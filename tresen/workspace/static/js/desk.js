// What is open beside the list. Opening puts the ticket in place and keeps the list; the address follows.
import { follow } from "./panels.js";

const screen = () => document.querySelector(".queue-screen");
const desk = () => document.getElementById("desk");

export const openTicket = () => desk()?.querySelector("[data-ticket]")?.dataset.ticket ?? "";

let opening = "";

// Where the page is; a drawer of it (#side) is the same place, and nothing is fetched for it.
const here = () => location.pathname + location.search;
let place = here();

function went(address) {
  history.pushState({ desk: address }, "", address);
  place = here();
  follow();
}

export async function open(address, { push = true } = {}) {
  if (!desk()) return location.assign(address);
  opening = address;
  mark(address.match(/\d+/)?.[0]);
  try {
    await htmx.ajax("GET", address, { target: "#desk", swap: "innerHTML" });
    if (push && opening === address) went(address);
  } catch {
    // What failed says so (toasts.js).
  } finally {
    if (opening === address) opening = "";
  }
}

export function close({ push = true } = {}) {
  if (!screen()?.hasAttribute("data-open")) return false;
  const number = openTicket();
  hold("");
  screen().removeAttribute("data-open");
  desk().replaceChildren();
  document.querySelector(".row[data-open]")?.removeAttribute("data-open");
  const list = document.getElementById("rows")?.dataset.refreshes ?? "/queue/";
  if (push) went(list);
  document.title = `${document.getElementById("list-title")?.textContent ?? ""} · Tresen`;
  (document.querySelector(`#row-${CSS.escape(number || "0")} .row-link`) ?? document.getElementById("list-scroll"))?.focus();
  return true;
}

const lease = () => desk()?.querySelector("[data-held]")?.dataset.held ?? "";
let held = openTicket();
let until = lease();

// What is no longer open here is free for whoever presses "next"; not so what another page has taken since.
function hold(number) {
  if (held && until && held !== number) {
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    const about = { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ until }), keepalive: true };
    fetch(`/tickets/${held}/release/`, about).catch(() => {}); // without a connection it ends by itself
  }
  held = number;
  until = lease();
}

// Who goes to another page, or closes this one, works on it no longer.
addEventListener("pagehide", () => hold(""));
addEventListener("pageshow", (event) => event.persisted && openTicket() && location.reload());

// The row of what is open; at once, before the ticket is there: a key press is seen.
function mark(number) {
  for (const row of document.querySelectorAll(".row[data-open]")) row.removeAttribute("data-open");
  document.getElementById(`row-${number}`)?.setAttribute("data-open", "");
}

// After anything was put on the desk: show it, name it, mark its row, and go where a redirect led.
function settle() {
  const shown = desk()?.querySelector("[data-address]");
  if (!shown) return;
  if ("empty" in shown.dataset) return close();
  screen().setAttribute("data-open", "");
  document.title = `${shown.dataset.title} · Tresen`;
  if (!opening && !location.pathname.startsWith(shown.dataset.address)) {
    went(shown.dataset.address);
  }
  mark(shown.dataset.ticket);
  hold(shown.dataset.ticket);
  toWhatWaits();
}

// A thread opens at its end, but not beyond where what is to be answered begins.
function toWhatWaits() {
  const linked = location.hash.startsWith("#message-") ? document.getElementById(location.hash.slice(1)) : null;
  if (linked) linked.dataset.linked = "";
  linked?.scrollIntoView({ block: "center" });
  if (linked) return;
  const thread = document.getElementById("thread-scroll");
  if (thread) toFirst(thread, firstWaiting());
}

function firstWaiting() {
  const messages = [...document.querySelectorAll("#thread > .message")];
  const answer = messages.findLastIndex((message) => message.matches('[data-who="agent"]:not([data-unsent])'));
  return messages.slice(answer + 1).find((message) => message.dataset.who === "customer") ?? messages.at(-1);
}

let before = "";

function toFirst(thread, message) {
  const byPage = matchMedia("(width < 700px)").matches;
  const now = `${openTicket()} ${message?.id}`;
  const same = now === before;
  before = now;
  if (!byPage) {
    thread.scrollTop = thread.scrollHeight;
    if (message && message.getBoundingClientRect().top < thread.getBoundingClientRect().top) message.scrollIntoView({ block: "start" });
  } else if (!same) {
    // The page itself scrolls there: times and actions stay in sight where there is room for both.
    scrollTo(0, 0);
    if (message && message.getBoundingClientRect().top > innerHeight * 0.6) message.scrollIntoView({ block: "start" });
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "desk") return;
  settle();
  if (event.detail.requestConfig?.verb === "post") document.body.dispatchEvent(new Event("tresen:changed"));
});

// Whatever is being fetched for the desk, by a link, a verb or a key.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id === "desk") event.detail.target.setAttribute("aria-busy", "true");
});
for (const ended of ["htmx:afterRequest", "htmx:sendError", "htmx:swapError"]) {
  document.addEventListener(ended, (event) => event.detail.target?.id === "desk" && desk().removeAttribute("aria-busy"));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".row-link, [data-opens-desk]");
  const plain = !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (link && plain && desk()) {
    event.preventDefault();
    open(link.getAttribute("href"));
  }
  if (event.target.closest("[data-closes-desk]") && screen()) {
    event.preventDefault();
    close();
  }
});

// Taking the next piece of work: the answer is whatever ticket it is.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-desk]");
  if (!form || !desk()) return;
  event.preventDefault();
  const leaving = form.elements.namedItem("leaving");
  if (leaving) leaving.value = openTicket();
  htmx.ajax("POST", form.action, { target: "#desk", swap: "innerHTML", source: form }).catch(() => {}); // what failed says so (toasts.js)
});

window.addEventListener("popstate", () => {
  if (place === here()) return;
  place = here();
  if (!screen()) return location.reload();
  if (/^\/tickets\/\d+\//.test(location.pathname)) open(location.pathname + location.search, { push: false });
  else if (document.getElementById("rows")?.dataset.refreshes === decodeURIComponent(location.pathname)) close({ push: false });
  else location.reload();
});

// Whole mails are loaded into a frame only when somebody unfolds them. Its height follows its content.
document.addEventListener("toggle", (event) => {
  const fold = event.target;
  if (!fold.open || !fold.dataset?.loads || fold.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.className = "mail-frame";
  frame.title = fold.querySelector("summary").textContent.trim();
  frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
  frame.addEventListener("load", () => {
    const height = frame.contentDocument?.documentElement.scrollHeight;
    if (height) frame.style.blockSize = `${Math.min(height + 2, 1600)}px`;
  });
  frame.src = fold.dataset.loads;
  fold.append(frame);
}, true);

if (screen()?.hasAttribute("data-open")) toWhatWaits();
