// Every clock on the page, once a second. The words are the same as tresen/workspace/words.py says them.
import { say } from "./words.js";

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const two = (number) => String(number).padStart(2, "0");

export function timeLeft(seconds) {
  const past = seconds < 0;
  const all = Math.floor(Math.abs(seconds));
  const minutes = Math.floor(all / MINUTE), hours = Math.floor(all / HOUR), days = Math.floor(all / DAY);
  if (!past && all < 10 * MINUTE) return say("in_seconds", { minutes, seconds: two(all % MINUTE) });
  const kind = all < HOUR ? "minutes" : all < 2 * DAY ? "hours" : "days";
  const values = {
    minutes: { minutes },
    hours: { hours, minutes: two(minutes % 60) },
    days: { days, hours: hours % 24 },
  }[kind];
  return say(`${past ? "late" : "in"}_${kind}`, values);
}

function stateAt(clock, now) {
  if (now >= Date.parse(clock.dataset.due)) return "breached";
  return clock.dataset.soon && now >= Date.parse(clock.dataset.soon) ? "soon" : "running";
}

function tick(clock, now) {
  const due = Date.parse(clock.dataset.due);
  const words = timeLeft((due - now) / 1000);
  const left = clock.querySelector(".clock-left");
  if (left && left.textContent !== words) left.textContent = words;
  const state = stateAt(clock, now);
  if (clock.dataset.state !== state) clock.dataset.state = state;
  const ring = clock.querySelector(".clock-spent");
  if (!ring || !clock.dataset.start) return;
  const start = Date.parse(clock.dataset.start);
  const spent = Math.max(0, Math.min(100, Math.round(((now - start) / (due - start)) * 100)));
  const dashes = `${spent} 100`;
  if (ring.getAttribute("stroke-dasharray") !== dashes) ring.setAttribute("stroke-dasharray", dashes);
}

// The server's clock rules: a laptop that is ten minutes wrong must not show ten minutes too many.
const served = Date.parse(document.querySelector("[data-served]")?.dataset.served ?? "");
const skew = Number.isNaN(served) ? 0 : served - Date.now();
export const serverNow = () => Date.now() + (Math.abs(skew) > 5000 ? skew : 0);

function tickAll() {
  const now = serverNow();
  for (const clock of document.querySelectorAll(".clock[data-due]")) tick(clock, now);
}

tickAll();
setInterval(() => document.hidden || tickAll(), 1000);
document.addEventListener("visibilitychange", () => document.hidden || tickAll());
document.addEventListener("htmx:afterSettle", tickAll);
