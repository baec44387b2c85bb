// The list: a cursor that moves by key, why a row stands where it stands, and compact rows.
import { open, openTicket } from "./desk.js";

const rows = () => [...document.querySelectorAll("#rows > .row")];
let cursor = "";
let openingSoon = 0;

export const cursorRow = () =>
  document.getElementById(`row-${cursor}`) ?? document.getElementById(`row-${openTicket()}`);

function put(row) {
  for (const other of document.querySelectorAll(".row[data-cursor]")) other.removeAttribute("data-cursor");
  if (!row) return;
  cursor = row.dataset.ticket;
  row.setAttribute("data-cursor", "");
  explain(cursor);
}

export function step(by) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(cursorRow());
  const row = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
  put(row);
  row.querySelector(".row-link").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  if (at >= all.length - 3) document.querySelector("#rows > .more a")?.click();
  if (openTicket() && openTicket() !== row.dataset.ticket) {
    clearTimeout(openingSoon);
    openingSoon = setTimeout(() => open(row.querySelector(".row-link").getAttribute("href")), 180);
  }
  return true;
}

const explained = new Map();
let explainingSoon = 0;

function explain(number) {
  const box = document.getElementById("why");
  if (!box || !box.checkVisibility?.({ contentVisibilityAuto: true }) && matchMedia("(width < 700px)").matches) return;
  clearTimeout(explainingSoon);
  explainingSoon = setTimeout(async () => {
    if (!explained.has(number)) {
      const answer = await fetch(`/tickets/${number}/why/`, { headers: { "HX-Request": "true" } }).catch(() => null);
      if (!answer?.ok) return;
      explained.set(number, await answer.text());
    }
    if (cursor === number) box.innerHTML = explained.get(number);
  }, 220);
}

document.addEventListener("focusin", (event) => put(event.target.closest?.("#rows > .row") ?? cursorRow()));
document.body.addEventListener("tresen:changed", () => explained.clear());

document.addEventListener("click", (event) => {
  if (!event.target.closest('[data-toggles="density"]')) return;
  const root = document.documentElement;
  const next = root.dataset.density === "compact" ? "" : "compact";
  if (next) root.dataset.density = next;
  else delete root.dataset.density;
  localStorage.setItem("tresen.density", next);
});
