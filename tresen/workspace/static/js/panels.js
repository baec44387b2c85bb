// Panels are as wide as one wants them, by mouse or arrow keys, and fold; both are remembered on this device.
const root = document.documentElement;
const limits = { list: [280, 720], side: [256, 480], views: [160, 320] };
const read = () => JSON.parse(localStorage.getItem("tresen.widths") ?? "{}");

function set(name, width) {
  const [least, most] = limits[name];
  const bounded = Math.round(Math.max(least, Math.min(most, width)));
  root.style.setProperty(`--${name}-width`, `${bounded}px`);
  localStorage.setItem("tresen.widths", JSON.stringify({ ...read(), [name]: bounded }));
}

const pane = (splitter) =>
  splitter.dataset.resizes === "list" ? document.querySelector(".list") : document.getElementById("side");
const direction = (splitter) => (splitter.dataset.resizes === "side" ? -1 : 1);

document.addEventListener("pointerdown", (event) => {
  const splitter = event.target.closest?.(".splitter");
  if (!splitter) return;
  const from = event.clientX, width = pane(splitter).offsetWidth;
  splitter.setPointerCapture(event.pointerId);
  splitter.dataset.dragging = "";
  const move = (next) => set(splitter.dataset.resizes, width + direction(splitter) * (next.clientX - from));
  splitter.addEventListener("pointermove", move);
  splitter.addEventListener("pointerup", () => {
    splitter.removeEventListener("pointermove", move);
    delete splitter.dataset.dragging;
  }, { once: true });
});

document.addEventListener("keydown", (event) => {
  const splitter = event.target.closest?.(".splitter");
  const by = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
  if (!splitter || !by) return;
  set(splitter.dataset.resizes, pane(splitter).offsetWidth + direction(splitter) * by);
  event.preventDefault();
});

// Narrow: a drawer that the address opens. Its state stands on the root, as what is shown again is no :target any more.
const narrow = () => matchMedia("(width < 1200px)").matches;
const opened = () => (location.hash === "#side" && document.getElementById("side") ? "side" : "");

// After the address has changed, or what it opens was put in place anew.
export function follow() {
  const before = root.dataset.drawer ?? "";
  if (before === opened()) return;
  root.dataset.drawer = opened();
  const to = opened() ? document.getElementById("side") : document.querySelector(".ticket-side-toggle");
  if (narrow()) to?.focus({ preventScroll: true });
}

// By the history, so that a phone's way back closes the drawer, too; nothing scrolls and nothing is fetched.
function openDrawer() {
  history.pushState({ ...history.state, drawer: true }, "", "#side");
  follow();
}

// Whether there was a drawer to close.
export function closeDrawer() {
  if (!["#side", "#views"].includes(location.hash)) return false;
  if (location.hash === "#views") location.hash = "#desk";
  else if (history.state?.drawer) history.back();
  else history.replaceState(history.state, "", location.pathname + location.search);
  follow();
  return true;
}

// A click beside a drawer closes it; a key that presses something there does not.
document.addEventListener("click", (event) => {
  if (event.detail === 0) return;
  const drawer = ["#views", "#side"].includes(location.hash) && document.querySelector(location.hash);
  if (!drawer || drawer.contains(event.target) || event.target.closest(`[href="${location.hash}"]`)) return;
  if (getComputedStyle(drawer).position === "fixed") closeDrawer();
});

// Wide: the side panel folds. Narrow: it opens and closes.
document.addEventListener("click", (event) => {
  if (!event.target.closest('[data-toggles="side"]')) return;
  event.preventDefault();
  if (narrow()) return opened() ? closeDrawer() : openDrawer();
  root.dataset.side = root.dataset.side === "folded" ? "" : "folded";
  localStorage.setItem("tresen.side", root.dataset.side);
});

for (const moved of ["hashchange", "popstate"]) window.addEventListener(moved, follow);
document.addEventListener("htmx:afterSettle", (event) => event.target.id === "desk" && follow());
follow();
