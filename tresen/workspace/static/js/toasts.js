// Toasts go by themselves, but never while somebody is on them: reading and undoing take their time.
import { openTicket } from "./desk.js";
import { say } from "./words.js";

const MOST = 2;
const box = document.getElementById("toasts");

function letGo(toast) {
  if (!toast.isConnected) return;
  if (toast.matches(":hover, :focus-within")) setTimeout(letGo, 1500, toast);
  else toast.remove();
}

// The newest is the first child.
function watch() {
  for (const toast of box.querySelectorAll(".toast:not([data-watched])")) {
    toast.dataset.watched = "";
    if ("asks" in toast.dataset) forget(toast.querySelector("form").action, toast);
    else setTimeout(letGo, Number(toast.dataset.seconds) * 1000, toast);
  }
  for (const old of [...box.querySelectorAll(".toast:not([data-asks])")].slice(MOST)) old.remove();
  name();
  raise();
}

// What asks stays until it is answered or closed, or until the same is done or asked anew.
function forget(action, butFor = null) {
  for (const toast of box.querySelectorAll(".toast[data-asks]")) {
    if (toast !== butFor && toast.querySelector("form").action === action) toast.remove();
  }
}
document.addEventListener("htmx:beforeSwap", (event) => {
  const asked = event.detail.requestConfig;
  if (asked.verb === "post" && event.detail.shouldSwap) forget(new URL(asked.path, location.href).href, asked.elt.closest(".toast"));
});

// Once the screen has gone on, what is said of another ticket says of which.
function name() {
  for (const number of box.querySelectorAll("[data-about]")) number.hidden = number.dataset.about === openTicket();
}

// An undone action needs no undo any more.
document.addEventListener("htmx:afterRequest", (event) => event.detail.elt.closest?.(".toast")?.remove());

// What the page says by itself: what failed, or why a key does nothing.
export function toast(words, { tone = "", role = "status" } = {}) {
  const made = document.createElement("div");
  made.className = "toast";
  made.role = role;
  if (tone) made.dataset.tone = tone;
  made.dataset.seconds = "5";
  made.append(Object.assign(document.createElement("p"), { textContent: words }));
  box?.prepend(made);
}

// What failed says so, and that nothing was changed.
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, (event) => {
    if (event.detail.target?.id === "desk" && ![401, 403].includes(event.detail.xhr?.status)) toast(say("failed"), { tone: "late", role: "alert" });
  });
}

// Never over what is docked at the bottom: the composer's buttons, the bar of chosen rows, what is not saved yet. The
// buttons that end a form are docked nowhere; where they are scrolled to that place, they are not covered either.
const bars = () => [...document.querySelectorAll("#composer, #unsaved, #selection, #selection .menu-body, .setup-foot")];
const sizes = new ResizeObserver(raise);

function raise() {
  const { style } = document.documentElement;
  style.setProperty("--docked", "0px");
  const usual = box.getBoundingClientRect();
  const above = bars()
    .filter((bar) => bar.checkVisibility())
    .map((bar) => bar.getBoundingClientRect())
    .filter((bar) => bar.left < usual.right && usual.left < bar.right && usual.top < bar.bottom && bar.top < innerHeight)
    .map((bar) => Math.min(innerHeight - bar.top, innerHeight * 0.7));
  style.setProperty("--docked", `${Math.max(0, ...above)}px`);
}

function follow() {
  sizes.disconnect();
  for (const bar of bars()) sizes.observe(bar);
  raise();
}

if (box) {
  watch();
  follow();
  new MutationObserver(watch).observe(box, { childList: true });
  document.addEventListener("htmx:afterSettle", follow);
  const desk = document.getElementById("desk");
  if (desk) new MutationObserver(name).observe(desk, { childList: true });
  window.addEventListener("resize", raise);
  document.addEventListener("scroll", () => box.childElementCount && raise(), { capture: true, passive: true });
}
