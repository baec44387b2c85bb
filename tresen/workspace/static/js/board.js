// Keeps the board true without moving it: only what has changed is put in place, and what has the focus keeps it.
const board = document.getElementById("board");
const CALM = 5000;
let asked = 0;
let soon = 0;

async function fetchFigures() {
  const answer = await fetch(board.dataset.refreshes, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || !answer.headers.get("Content-Type")?.startsWith("text/html")) return null;
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  return box.content;
}

const numbers = (root) => new Map([...root.querySelectorAll(".figure[id]")].map((one) => [one.id, one.textContent]));

function mark(before) {
  for (const [id, text] of numbers(board)) {
    if (before.has(id) && before.get(id) !== text) document.getElementById(id).toggleAttribute("data-changed", true);
  }
}

function renew(fresh) {
  const before = numbers(board);
  const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
  const strip = board.querySelector(".strip")?.scrollLeft ?? 0;
  for (const part of [...fresh.children]) {
    const old = part.id ? document.getElementById(part.id) : null;
    if (!old) return board.replaceChildren(fresh);
    if (!old.isEqualNode(part)) old.replaceWith(part);
  }
  if (board.querySelector(".strip")) board.querySelector(".strip").scrollLeft = strip;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  mark(before);
}

async function refresh() {
  asked = Date.now();
  const fresh = await fetchFigures();
  if (fresh) renew(fresh);
}

function refreshSoon() {
  clearTimeout(soon);
  soon = setTimeout(refresh, Math.max(250, asked + CALM - Date.now()));
}

if (board) {
  document.body.addEventListener("tresen:changed", refreshSoon);
  setInterval(() => document.visibilityState === "visible" && Date.now() - asked > 3 * CALM && refresh(), CALM);
}
