// Rows that are chosen for one verb: by `x`, by the box at a row's beginning, with Shift up to there, or, after the
// list's own button, by touching rows.
import { cursorRow } from "./list.js";
import { say } from "./words.js";

const list = () => document.getElementById("rows");
const rows = () => [...list().querySelectorAll(".row")];
let last = "";

export function choose() {
  const row = cursorRow();
  if (!row) return false;
  mark(row, !row.hasAttribute("data-chosen"));
  showChosen();
  return true;
}

function mark(row, chosen) {
  row.toggleAttribute("data-chosen", chosen);
  row.querySelector(".row-choice input").checked = chosen;
  last = row.id;
}

function markUpTo(row) {
  const all = rows();
  const from = all.findIndex((one) => one.id === last);
  const to = all.indexOf(row);
  for (const one of all.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1)) mark(one, true);
  getSelection()?.removeAllRanges();
}

function showChosen() {
  const chosen = rows().filter((row) => row.hasAttribute("data-chosen"));
  const bar = document.getElementById("selection");
  if (!bar?.matches("form")) return; // it comes after the page
  bar.hidden = chosen.length === 0;
  for (const form of document.querySelectorAll("form[data-selection]")) {
    form.elements.tickets.value = chosen.map((row) => row.dataset.ticket).join(",");
    form.elements.seen.value = chosen.map((row) => row.dataset.message).join(",");
  }
  bar.querySelector("output").textContent = say("chosen", { count: chosen.length });
}

function clearChosen() {
  for (const row of rows()) if (row.hasAttribute("data-chosen")) mark(row, false);
  for (const menu of document.querySelectorAll("#selection details[open]")) menu.open = false;
  last = "";
  touchChooses(false);
  showChosen();
}

function touchChooses(chooses) {
  list().toggleAttribute("data-choosing", chooses);
  document.querySelector("[data-toggles=choosing]")?.setAttribute("aria-pressed", chooses);
}

// Before the link of the row opens its ticket.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("#rows > .row");
  if (event.target.closest?.("[data-toggles=choosing]")) {
    if (list().hasAttribute("data-choosing")) clearChosen();
    else touchChooses(true);
  } else if (row && event.target.matches(".row-choice input")) {
    if (event.shiftKey && last) markUpTo(row);
    else mark(row, event.target.checked);
    showChosen();
  } else if (row && event.target.matches(".row-link") && (event.shiftKey || list().hasAttribute("data-choosing"))) {
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) markUpTo(row);
    else mark(row, !row.hasAttribute("data-chosen"));
    showChosen();
  }
}, true);

document.addEventListener("click", (event) => event.target.closest("[data-clears-selection]") && clearChosen());
document.addEventListener("htmx:load", (event) => event.detail.elt.id === "selection" && showChosen());
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.elt.matches?.("form[data-selection]")) return;
  if (event.detail.successful) clearChosen();
  document.body.dispatchEvent(new Event("tresen:changed"));
});
