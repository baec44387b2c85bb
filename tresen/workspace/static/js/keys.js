// Keys find what they do in the page: data-key names the key of a button, menu or field; data-go follows `g`.
import { close } from "./desk.js";
import { focusFirst } from "./menus.js";
import { choose } from "./choosing.js";
import { step, cursorRow } from "./list.js";
import { closeDrawer } from "./panels.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const typing = (element) => element.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
const shown = (element) => element.checkVisibility?.() ?? true;

function press(key) {
  const found = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)].find(shown);
  if (!found) return false;
  if (found.matches("details")) {
    found.open = !found.open;
    if (found.open) focusFirst(found, key);
  } else if (found.matches("input[type=radio]")) {
    found.checked = true;
    document.querySelector(found.value === "note" ? "#composer-note-text" : "#composer-text")?.focus();
  } else {
    found.click();
  }
  return true;
}

// A key that does nothing says why, where the page knows.
function explain(key) {
  const why = document.querySelector(`[data-dead~="${CSS.escape(key)}"]`)?.dataset.why ?? (key === "z" && say("nothing_to_undo"));
  if (why) toast(why, { tone: "soon" });
  return Boolean(why);
}

const moves = {
  j: () => step(1),
  ArrowDown: () => document.activeElement.closest(".rows") !== null && step(1),
  k: () => step(-1),
  ArrowUp: () => document.activeElement.closest(".rows") !== null && step(-1),
  x: () => choose(),
  Enter: () => document.activeElement === document.body && cursorRow()?.querySelector(".row-link").click(),
  "?": () => document.getElementById("keys")?.showModal() ?? true,
};

// Just sent and nothing typed since: the browser has nothing to undo there, we have.
function undo(event) {
  const field = typing(event.target);
  if (field && (field.id !== "composer-text" || field.value || "typed" in field.dataset)) return false;
  return press("z");
}

let goingUntil = 0;

function go(key) {
  goingUntil = 0;
  const place = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  place?.click();
  return Boolean(place);
}

function send(event) {
  const form = event.target.closest("form");
  const wanted = event.shiftKey ? "solve" : "keep_open";
  const button = form?.querySelector(`[data-sends="${wanted}"]`) ?? form?.querySelector("[data-sends]");
  button?.click();
  return Boolean(button);
}

function escape(event) {
  if (document.querySelector("dialog[open]")) return false;
  if (typing(event.target)) {
    event.target.blur();
    document.getElementById("thread-scroll")?.focus();
    return true;
  }
  return closeDrawer() || close();
}

// Faster than the network: keys pressed while the desk is being fetched, or the verbs of what is chosen, wait for it, in
// their order. Otherwise they would do to the open ticket what was meant for the chosen ones.
const waiting = [];
const busy = () => document.querySelector("#desk[aria-busy]");
const verbsComing = () => document.querySelector("#rows > .row[data-chosen]") && document.querySelector("div#selection");
const waits = (key) => (busy() && !/^[jkg]$/.test(key)) || (verbsComing() && !/^[jkgx]$/.test(key));

function replay(key) {
  const field = typing(document.activeElement);
  if (field && key.length === 1) {
    field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (key === "Enter") document.activeElement.click();
  else if (moves[key]) moves[key]();
  else press(key) || explain(key);
}

// After everybody else has heard of it: the ticket is not there before.
const replayAll = () => setTimeout(() => {
  while (waiting.length && !waits(waiting[0])) replay(waiting.shift());
});
document.addEventListener("htmx:afterSettle", (event) => event.target.id === "desk" && replayAll());
document.addEventListener("htmx:load", (event) => event.detail.elt.id === "selection" && replayAll());

for (const failed of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(failed, () => waiting.splice(0));

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  let done = false;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && (event.key.length === 1 || event.key === "Enter");
  if (plain && !typing(event.target) && !document.querySelector("dialog[open]") && waits(event.key)) {
    waiting.push(event.key);
    event.preventDefault();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") done = send(event);
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") done = !document.getElementById("palette")?.showModal();
  else if ((event.ctrlKey || event.metaKey) && event.key === "z" && !document.querySelector("dialog[open]")) done = undo(event);
  else if (event.key === "Escape") done = escape(event);
  else if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  else if (Date.now() < goingUntil) done = go(event.key);
  else if (event.key === "g") {
    goingUntil = Date.now() + 1200;
    done = true;
  } else done = moves[event.key] ? moves[event.key]() !== false : press(event.key) || explain(event.key);
  if (done) event.preventDefault();
});
