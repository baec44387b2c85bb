// What the visitor does, and how it begins.
function show(open) {
  isOpen = open;
  farewell = "";
  writeAt("sessionStorage", OPEN, open ? "yes" : "no");
  claim();
  draw();
  if (open) {
    parts.log.scrollTop = parts.log.scrollHeight;
    (parts.about.hidden ? parts.text : root.getElementById("email")).focus();
    restart();
  } else {
    parts.button.focus();
  }
}

function typed() {
  keep({ draft: parts.text.value });
  if (isAsked()) refused = null, draw();
  parts.text.rows = Math.min(6, parts.text.value.split("\n").length);
}

function keyed(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  parts.form.requestSubmit();
}

function submit(event) {
  event.preventDefault();
  const text = parts.text.value.trim();
  const first = !parts.about.hidden;
  const value = (name) => root.getElementById(name)?.value.trim() ?? "";
  const consent = root.getElementById("consent")?.checked ?? false;
  refused = [];
  if (first && !/^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+$/.test(value("email"))) refused.push("email");
  if (!text) refused.push("message");
  if (first && look.consent && !consent) refused.push("consent");
  if (refused.length) {
    draw();
    root.getElementById({ email: "email", message: "text", consent: "consent" }[refused[0]]).focus();
    return;
  }
  refused = null;
  farewell = "";
  const about = first ? { email: value("email"), name: value("name"), order: value("order"), consent } : {};
  const one = { number: number(), text, at: Date.now(), kept: false, homepage: parts.form.elements.homepage.value };
  keep((now) => ({ ...about, draft: "", lastAt: Date.now(), outbox: [...now.outbox, one] }));
  parts.text.value = "";
  parts.text.rows = 1;
  claim();
  draw();
  parts.text.focus();
  flush();
}

async function leave() {
  // What is not sent yet would be lost with the key: it goes first, and the answer comes by mail anyway.
  const now = kept();
  if (now.outbox.some((one) => !one.kept)) return show(false);
  // Half-written words are asked about once.
  if (parts.text.value.trim() && !isAsked()) {
    refused = ["draft"];
    return draw();
  }
  const asks = now.outbox.length || (lines.length && !lines.at(-1).ours);
  const email = asks && look.mails && (state.email || now.email);
  refused = null;
  parts.text.value = "";
  waiting?.abort();
  await ask("end", { key: kept().key }, { keepalive: true }).catch(() => null);
  farewell = email ? say("later", { email }) : "";
  leaveBehind();
  if (!email) show(false), announce(say("ended"));
}

const isAsked = () => refused?.[0] === "draft";

async function lookOf() {
  const remembered = JSON.parse(readAt("sessionStorage", LOOK) ?? "null");
  if (remembered && Date.now() - remembered.at < 60 * 1000) return remembered.look;
  for (let failures = 0; ; failures++) {
    const answer = await fetch(`${BASE}/`, { credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => null);
    if (answer?.ok) {
      const found = await answer.json();
      writeAt("sessionStorage", LOOK, JSON.stringify({ at: Date.now(), look: found }));
      return found;
    }
    if (answer && answer.status < 500) {
      console.warn(`Tresen's chat does not show itself here: ${location.origin} must stand among its websites, it must be on, and its store must answer.`);
      return null;
    }
    if (remembered) return remembered.look;
    await Promise.race([pause(spread(failures)), cameBack()]);
  }
}

async function begin() {
  look = await lookOf();
  if (!look) return;
  language = spoken(look.language || navigator.language);
  build();
  dress();
  document.body.append(host);
  claim();
  draw();
  listen();
  flush();
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  claim();
  draw();
  restart();
});
addEventListener("storage", (event) => {
  if (event.key === TAB) restart();
  if (event.key === PLACE) draw();
});
addEventListener("online", () => (setConnected(true), restart(), flush()));
addEventListener("offline", () => setConnected(false));

if (document.body) begin();
else document.addEventListener("DOMContentLoaded", begin);
