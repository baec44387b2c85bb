// What is typed into the roster and not saved is marked, and is never lost without asking.
import { say } from "./words.js";

const roster = () => document.getElementById("roster");
let saving = false;

function mark() {
  const form = roster();
  if (!form) return;
  const shown = JSON.parse(form.elements.shown.value);
  const cells = [...form.querySelectorAll("textarea")];
  form.toggleAttribute("data-unsaved", cells.some((cell) => cell.value.trim() !== (shown[cell.name] ?? "")));
}

document.addEventListener("input", ({ target }) => target.form?.id === "roster" && mark());
document.addEventListener("htmx:afterSettle", mark);
document.addEventListener("submit", ({ target }) => (saving = target.id === "roster"));
window.addEventListener("beforeunload", (event) => {
  if (!saving && roster()?.hasAttribute("data-unsaved")) event.preventDefault();
});

// What takes the cells along brings them back; anything else that puts another desk in place asks first.
document.addEventListener("htmx:confirm", (event) => {
  const { elt, target } = event.detail;
  if (target?.id !== "desk" || elt.closest("#roster, [hx-include='#roster']")) return;
  if (roster()?.hasAttribute("data-unsaved") && !confirm(say("unsaved"))) event.preventDefault();
});
mark();
