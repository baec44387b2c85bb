// Until when the channel takes an answer: said before it ends and after, while somebody types.
import { serverNow, timeLeft } from "./clock.js";

const instant = (text) => (text ? Date.parse(text) : undefined);

function isNow(phase, now) {
  const since = instant(phase.dataset.since), until = instant(phase.dataset.until);
  return (since === undefined || since <= now) && (until === undefined || now < until);
}

function show(list, now) {
  for (const phase of list.children) {
    const holds = isNow(phase, now);
    if (phase.hidden === holds) phase.hidden = !holds;
    if (!holds || !phase.dataset.until) continue;
    phase.toggleAttribute("data-ends", now >= Date.parse(phase.dataset.soon));
    const left = phase.querySelector(".composer-left");
    const words = phase.hasAttribute("data-ends") ? timeLeft((Date.parse(phase.dataset.until) - now) / 1000) : "";
    if (left.textContent !== words) left.textContent = words;
  }
}

const hasClosed = (list) => [...list.children].some((phase) => !phase.hidden && phase.hasAttribute("data-closed"));

// What could not leave is not sent: the text stays where it is.
function bar(form) {
  const list = form.querySelector(".composer-way:not([hidden]) .composer-window");
  const closed = Boolean(list) && hasClosed(list);
  for (const button of form.querySelectorAll("[data-sends]")) button.disabled = closed;
}

function tick() {
  const now = serverNow();
  for (const list of document.querySelectorAll(".composer-window")) show(list, now);
  for (const form of document.querySelectorAll(".composer-reply:has(.composer-window)")) bar(form);
}

// Each conversation has its own windows and ways; those of the one that is answered are shown.
function choose(select) {
  for (const part of select.form.querySelectorAll(".composer-way")) {
    part.hidden = part.dataset.of !== select.value;
    for (const field of part.querySelectorAll("input")) field.disabled = part.hidden || field.hasAttribute("data-spent");
  }
  tick();
}

// Who has not chosen how to answer is told so beside the choice, in our own words.
function mark(ways, missing) {
  const words = ways.querySelector(".composer-unchosen");
  if (!words) return false;
  words.hidden = !missing;
  for (const field of ways.querySelectorAll("input:enabled")) field.ariaInvalid = missing ? "true" : null;
  return true;
}

document.addEventListener("invalid", (event) => {
  const ways = event.target.closest?.(".composer-ways");
  if (!ways || !mark(ways, true)) return;
  event.preventDefault();
  ways.querySelector("input:enabled").focus();
}, true);

document.addEventListener("change", (event) => {
  if (event.target.matches?.("#composer-conversation")) choose(event.target);
  const ways = event.target.closest?.(".composer-ways");
  if (ways) mark(ways, false);
});
setInterval(() => document.hidden || tick(), 1000);
document.addEventListener("visibilitychange", () => document.hidden || tick());
document.addEventListener("htmx:afterSettle", tick);
tick();
