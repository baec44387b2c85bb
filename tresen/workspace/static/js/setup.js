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
