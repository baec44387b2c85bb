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

// A click beside a drawer closes it.
document.addEventListener("click", (event) => {
  const drawer = ["#views", "#side"].includes(location.hash) && document.querySelector(location.hash);
  if (!drawer || drawer.contains(event.target) || event.target.closest(`[href="${location.hash}"]`)) return;
  if (getComputedStyle(drawer).position === "fixed") location.hash = "#desk";
});

// Wide: the side panel folds. Narrow: it is a drawer that its address opens.
document.addEventListener("click", (event) => {
  if (!event.target.closest('[data-toggles="side"]') || matchMedia("(width < 1200px)").matches) return;
  event.preventDefault();
  root.dataset.side = root.dataset.side === "folded" ? "" : "folded";
  localStorage.setItem("tresen.side", root.dataset.side);
});
