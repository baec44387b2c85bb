// What is typed is never lost: kept on this device at once, on the server a moment later. The newer of both is shown.
import { serverNow } from "./clock.js";
import { signedOut } from "./signed-out.js";
import { say } from "./words.js";

const KEPT_FOR = 14 * 24 * 3600 * 1000;
const place = (text) => `tresen.draft.${text.dataset.draftOf}`;
const timers = new WeakMap();

function keepHere(text) {
  if (text.value.trim()) localStorage.setItem(place(text), JSON.stringify({ text: text.value, at: serverNow() }));
  else localStorage.removeItem(place(text));
}

async function keepThere(text) {
  const form = text.closest("form[data-drafts]");
  if (!form) return tellState(say("draft_here"));
  const body = new FormData();
  body.set("text", text.value);
  body.set("conversation", form.elements.conversation.value);
  for (const name of ["readers", "readers_of"]) {
    for (const value of new FormData(form).getAll(name)) body.append(name, value);
  }
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(form.dataset.drafts, { method: "POST", body, headers: { "HX-Request": "true" } });
    tellState(say(answer.ok ? "draft_kept" : "draft_here"));
    if (answer.ok) tellForbidden(await answer.text());
    if ([401, 403].includes(answer.status)) signedOut();
  } catch {
    tellState(say("draft_here"));
  }
}

function tellState(words) {
  const state = document.getElementById("composer-state");
  if (state) state.textContent = words;
}

// What the platform would refuse is said while one writes, as the server read it last.
function tellForbidden(words) {
  const box = document.getElementById("composer-forbidden");
  if (!box) return;
  box.hidden = !words;
  box.querySelector("span").textContent = words;
}

const figure = (count) => count.toLocaleString(document.documentElement.lang || undefined);

function budget(text) {
  const box = document.getElementById("composer-budget");
  if (!box || !text.dataset.longest) return;
  const left = Number(text.dataset.longest) - [...text.value.trim()].length;
  box.textContent = left < 0 ? say("characters_over", { count: figure(-left) }) : say("characters_left", { count: figure(left) });
  box.toggleAttribute("data-over", left < 0);
}

// Where both are, the one that was typed later: what a session that had ended did not take is only here.
const isNewer = (kept, text) => !text.value.trim() || kept.at > Date.parse(text.dataset.draftedAt ?? "");

function restore(root = document) {
  for (const text of root.querySelectorAll("textarea[data-draft-of]")) {
    const kept = JSON.parse(localStorage.getItem(place(text)) ?? "null");
    if (kept && kept.at < serverNow() - KEPT_FOR) localStorage.removeItem(place(text));
    else if (kept && kept.text !== text.value && isNewer(kept, text)) {
      text.value = kept.text;
      if (text.dataset.draftedAt) keepThere(text);
    }
    budget(text);
  }
}

document.addEventListener("input", (event) => {
  const text = event.target.closest?.("textarea[data-draft-of]");
  if (!text) return;
  text.dataset.typed = "";
  keepHere(text);
  budget(text);
  clearTimeout(timers.get(text));
  timers.set(text, setTimeout(keepThere, 1200, text));
});

// Who reads it is part of the draft, and is asked for the thread that it was asked for alone.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-drafts]");
  if (!form) return;
  const text = form.querySelector("textarea[data-draft-of]");
  if (event.target.name === "readers" && text.value.trim()) keepThere(text);
  if (event.target.name !== "conversation") return;
  const readers = form.querySelector(".composer-readers");
  if (readers) readers.hidden = readers.dataset.of !== event.target.value;
});

// Sent means gone from here too: the server keeps what could not be sent as a draft of its own.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.detail.elt.closest?.("#composer")) return;
  for (const text of event.detail.elt.querySelectorAll("textarea[data-draft-of]")) clearTimeout(timers.get(text));
  if (event.detail.elt.matches(".composer-reply")) tellState(say("sending"));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = event.detail.requestConfig?.elt;
  if (event.detail.isError || !form?.matches(".composer-reply, .composer-note")) return;
  for (const text of form.querySelectorAll("textarea[data-draft-of]")) localStorage.removeItem(place(text));
});
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, (event) => {
    if (event.detail.elt.closest?.("#composer")) tellState(say("draft_here"));
  });
}

document.addEventListener("change", (event) => {
  if (!event.target.matches?.(".composer input[type=file]")) return;
  const names = [...event.target.files].map((file) => file.name).join(", ");
  event.target.closest("form").querySelector(".composer-files").textContent = names;
});

restore();
document.addEventListener("htmx:afterSettle", (event) => event.target.id === "desk" && restore(event.target));
