// Where the focus is after sending: on what was sent, so that the next key is a command and no letter to a customer.
import { toast } from "./toasts.js";
import { say } from "./words.js";

const writes = (form) => form?.matches?.(".composer-reply, .composer-note") ?? false;
const takesBack = (form) => form?.matches?.('[action$="/withdrawal/"]') ?? false;
let asked = null;

function toEnd(text) {
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
}

// Nothing written: nothing is sent, and the focus stays, so that what is typed next is no command.
document.addEventListener("htmx:confirm", (event) => {
  const text = writes(event.detail.elt) && event.detail.elt.querySelector("textarea");
  if (!text || text.value.trim()) return;
  event.preventDefault();
  toast(say(event.detail.elt.matches(".composer-note") ? "empty_note" : "empty_answer"), { tone: "late", role: "alert" });
  text.focus();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (!writes(form) && !takesBack(form)) return;
  asked = form;
  // Away at once: what is typed while it is being sent waits for the thread.
  if (form.contains(document.activeElement)) document.getElementById("thread-scroll")?.focus();
});

for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, (event) => {
    if (event.detail.elt !== asked) return;
    if (writes(asked)) asked.querySelector("textarea").focus();
    asked = null;
  });
}

function settle(form) {
  if (document.activeElement.matches("input, textarea, select, .menu *, dialog *")) return;
  const text = document.getElementById("composer-text");
  const here = form.getAttribute("action").startsWith(document.getElementById("ticket")?.dataset.address ?? "-");
  const unsent = text?.value.trim() && (takesBack(form) || (form.matches(".composer-reply") && here));
  const newest = [...document.querySelectorAll("#thread > .message")].at(-1);
  if (unsent) toEnd(text);
  else (newest ?? document.getElementById("thread-scroll"))?.focus({ preventScroll: true });
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "desk" || !asked) return;
  // Keys that were pressed meanwhile come first (keys.js): they may have gone elsewhere already.
  setTimeout(settle, 0, asked);
  asked = null;
});
