// Toasts go by themselves, but never while somebody is on them: reading and undoing take their time.
import { say } from "./words.js";

const box = document.getElementById("toasts");

function letGo(toast) {
  if (!toast.isConnected) return;
  if (toast.matches(":hover, :focus-within")) setTimeout(letGo, 1500, toast);
  else toast.remove();
}

function watch() {
  for (const toast of box.querySelectorAll(".toast:not([data-watched])")) {
    toast.dataset.watched = "";
    setTimeout(letGo, Number(toast.dataset.seconds) * 1000, toast);
  }
  while (box.children.length > 3) box.firstElementChild.remove();
}

// An undone action needs no undo any more.
document.addEventListener("htmx:afterRequest", (event) => event.detail.elt.closest?.(".toast")?.remove());

// What failed says so, and that nothing was changed.
function complain() {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.role = "alert";
  toast.dataset.tone = "late";
  toast.dataset.seconds = "6";
  toast.textContent = say("failed");
  box?.append(toast);
}
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, (event) => event.detail.target?.id === "desk" && complain());
}

if (box) {
  watch();
  new MutationObserver(watch).observe(box, { childList: true });
}
