import "./clauses.js";
import "./unsaved.js";

// Alt and the arrow keys move the thing in a list that has the focus, as its buttons do; the focus stays on it.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const thing = event.target.closest?.("[data-movable]");
  const way = event.key === "ArrowUp" ? "up" : "down";
  const button = thing?.querySelector(`[data-moves=${way}]`);
  if (!button) return;
  event.preventDefault();
  if (button.disabled) return;
  button.focus();
  button.click();
});

// A list is ordered by dragging: where a thing is dropped, the list is shown anew in that order, not yet saved.
let dragged = null;
document.addEventListener("pointerdown", ({ target }) => {
  const thing = target.closest?.("[data-movable]");
  if (thing) thing.draggable = Boolean(target.closest(".policy-grip"));
});
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-movable]");
  if (!dragged) return;
  dragged.dataset.dragged = "";
  event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-movable]");
  if (!dragged || !over) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  if (over !== dragged) over[event.clientY < top + height / 2 ? "before" : "after"](dragged);
});
document.addEventListener("dragend", () => {
  const list = dragged?.closest("[data-sortable]");
  if (!list) return;
  delete dragged.dataset.dragged;
  dragged = null;
  const order = [...list.querySelectorAll("[data-movable]")].map((thing) => thing.dataset.number).join(",");
  htmx.ajax("GET", list.dataset.sortable + order, { target: "#desk", swap: "innerHTML" });
});

// Another encryption usually listens at another port; one that was typed by hand stays.
const USUAL = { imap: { tls: "993", starttls: "143", none: "143" }, smtp: { tls: "465", starttls: "587", none: "25" } };
document.addEventListener("change", ({ target }) => {
  const way = target.id?.match(/^id_(imap|smtp)_security$/)?.[1];
  if (!way) return;
  const port = document.getElementById(`id_${way}_port`);
  if (Object.values(USUAL[way]).includes(port.value) || !port.value) port.value = USUAL[way][target.value];
});

// Copies a text that is shown only once.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copies);
  source.select();
  await navigator.clipboard?.writeText(source.value).catch(() => document.execCommand("copy"));
  button.querySelector("span").textContent = button.dataset.done;
});

// In a grid Enter saves, and the arrow keys move between cells: up and down always, to the side where the text ends.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("[data-grid] textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-grid] td");
  const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (!cell || !way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const input = event.target;
  if (way[1] && input.selectionStart !== input.selectionEnd) return;
  if (way[1] < 0 && input.selectionStart > 0) return;
  if (way[1] > 0 && input.selectionEnd < input.value.length) return;
  const rows = cell.closest("tbody")?.rows ?? [];
  const row = rows[cell.parentElement.sectionRowIndex + way[0]];
  const target = row?.cells[cell.cellIndex + way[1]]?.querySelector("textarea");
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.select();
});

// What a test finds wrong is marked at its field too, and the first of them has the focus.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "tried" && !target.closest?.("#tried")) return;
  // It says all that there is to say now: what an earlier try said, here or on the whole page, goes.
  const form = document.getElementById("tried").closest("form");
  for (const field of form?.querySelectorAll(".field[data-wrong]") ?? []) {
    delete field.dataset.wrong;
    field.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  }
  const old = ".field-errors, form > .banner[role=alert], .tried";
  for (const said of form?.querySelectorAll(old) ?? []) if (!target.contains(said)) said.remove();
  const inputs = [];
  for (const { dataset } of document.querySelectorAll("#tried [data-wrong-at]")) {
    const input = document.getElementById(dataset.wrongAt);
    const field = input?.closest(".field");
    if (!field) continue;
    field.dataset.wrong = "";
    const said = Object.assign(document.createElement("p"), { className: "field-errors", textContent: dataset.why });
    field.append(said);
    inputs.push(input);
  }
  inputs[0]?.focus();
});

// An address with the number of an app in it is there as soon as that is typed.
document.addEventListener("input", ({ target }) => {
  const place = target.id && document.querySelector(`[data-address-of="${target.id}"]`);
  if (!place) return;
  const app = target.value.trim();
  place.querySelector("textarea").value = app && `${place.dataset.before}${encodeURIComponent(app)}/`;
  place.querySelector("[data-known]").hidden = !app;
  place.querySelector("[data-unknown]").hidden = Boolean(app);
});

// A new store's buyers speak its site's language, until somebody says otherwise.
document.addEventListener("change", ({ target }) => {
  if (target.id === "id_language") target.dataset.chosen = "";
  if (!target.dataset?.languages) return;
  const language = target.form.elements.language;
  const said = JSON.parse(target.dataset.languages)[target.value];
  if (said && language && !("chosen" in language.dataset) && !("kept" in target.form.dataset)) language.value = said;
});
