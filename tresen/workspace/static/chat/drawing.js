// What is seen: a button in the corner, and the window behind it, in a tree of its own that no style of the page reaches.
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
};

const PATHS = {
  chat: "M21 11.5a8.4 8.4 0 0 1-8.5 8.3 8.7 8.7 0 0 1-3.7-.8L3 21l1.9-5.6a8.1 8.1 0 0 1-.9-3.9 8.4 8.4 0 0 1 8.5-8.3 8.4 8.4 0 0 1 8.5 8.3Z",
  close: "M6 6l12 12M18 6 6 18",
  send: "M4 12h15M13 6l6 6-6 6",
  end: "M9 4H5v16h4M14 8l5 4-5 4M9 12h10",
};

function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true" })) picture.setAttribute(key, value);
  path.setAttribute("d", PATHS[name]);
  picture.append(path);
  return picture;
}

const host = element("div");
const root = host.attachShadow({ mode: "open" });
let isOpen = readAt("sessionStorage", OPEN) === "yes";
let look = null;
let parts = {};

const field = (name, label, attributes = {}) => {
  const input = element("input", { id: name, name, ...attributes });
  const words = element("label", { for: name }, label, ...(attributes.required ? [] : [element("small", {}, ` (${say("optional")})`)]));
  return element("p", { class: "field" }, words, input);
};

function build() {
  const { title, consent } = look;
  const email = field("email", say("email"), { type: "email", autocomplete: "email", required: true, maxlength: 254, ...(look.mails && { "aria-describedby": "why" }) });
  if (look.mails) email.append(element("small", { id: "why" }, say("why")));
  const about = element("fieldset", {}, email, field("name", say("name"), { autocomplete: "name", maxlength: 120 }), field("order", say("order"), { maxlength: 40, autocomplete: "off" }));
  if (consent) about.append(element("label", { class: "consent" }, element("input", { type: "checkbox", id: "consent" }), element("span", {}, consent)));
  about.append(element("input", { name: "homepage", class: "unseen", tabindex: "-1", autocomplete: "off", "aria-hidden": "true" }));
  const text = element("textarea", { id: "text", rows: 1, maxlength: 4000, "aria-label": say("write"), placeholder: say("write"), onkeydown: keyed, oninput: typed });
  const send = element("button", { class: "send", "aria-label": say("send"), title: say("send") }, icon("send"));
  const form = element("form", { onsubmit: submit, novalidate: true }, element("p", { class: "wrong", role: "alert" }), about, element("div", { class: "write" }, text, send));
  const log = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": title, tabindex: "0" });
  const end = element("button", { type: "button", class: "quiet", "aria-label": say("end"), title: say("end"), onclick: leave }, icon("end"));
  const close = element("button", { type: "button", class: "quiet", "aria-label": say("close"), title: say("close"), onclick: () => show(false) }, icon("close"));
  const status = element("p", { class: "status", role: "status" });
  const head = element("header", {}, element("div", {}, element("h2", { id: "title" }, title), status), end, close);
  const panel = element("section", { class: "panel", role: "dialog", "aria-labelledby": "title", onkeydown: (event) => event.key === "Escape" && show(false) }, head, log, form);
  const count = element("span", { class: "count", "aria-hidden": "true" });
  const button = element("button", { class: "launcher", type: "button", "aria-haspopup": "dialog", onclick: () => show(!isOpen) }, icon("chat"), count);
  const said = element("p", { class: "unseen", role: "status" });
  parts = { about, text, form, log, end, status, panel, count, button, said, wrong: form.querySelector(".wrong") };
  root.replaceChildren(panel, button, said);
  const now = kept();
  for (const name of ["email", "name", "order"]) root.getElementById(name).value = now[name];
  text.value = now.draft;
  host.lang = language;
}

function dress() {
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(look.colour.slice(at, at + 2), 16) / 255) ** 2.2);
  const bright = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const sheets = [STYLE, `:host{--own:${look.colour};--on-own:${bright > 0.19 ? "#111" : "#fff"}}`].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  root.adoptedStyleSheets = sheets;
}

const when = (at) => {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date().toDateString();
  return moment.toLocaleString(language, today ? { hour: "2-digit", minute: "2-digit" } : { dateStyle: "short", timeStyle: "short" });
};

function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((part, at) => (at % 2 ? element("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part) : part));
}

const bubble = (ours, words, below, who) =>
  element("article", { class: ours ? "ours" : "theirs" }, element("b", { class: "unseen" }, `${who}: `), element("div", {}, ...(ours ? linked(words) : [words])), ...(below ? [element("small", {}, below)] : []));

function draw() {
  if (!look || !parts.panel) return;
  const now = kept();
  parts.panel.hidden = !isOpen;
  parts.button.setAttribute("aria-expanded", String(isOpen));
  const unread = lines.filter((one) => one.ours && one.id > now.read).length;
  if (isShown() && (lines.at(-1)?.id ?? 0) > now.read) keep({ read: lines.at(-1).id });
  parts.count.textContent = !isShown() && unread ? String(unread) : "";
  parts.button.setAttribute("aria-label", isOpen ? say("close") : [say("open"), ...(unread ? [say("and", { count: unread })] : [])].join(", "));
  parts.about.hidden = now.begun || now.outbox.length > 0;
  parts.end.hidden = !now.begun;
  parts.status.textContent = status(now);
  parts.panel.classList.toggle("offline", !connected);
  drawWrong();
  drawLines(now);
}

function status(now) {
  if (farewell) return farewell;
  if (!connected) return say("offline");
  if (held) return say(held);
  if (state.by_mail) return say("mail");
  if (state.agent) return say("agent", { name: state.agent });
  if (now.begun && look.mails) return say("leave", { email: state.email || now.email });
  if (look.open) return say("here");
  const names = look.mails ? ["opens", "away"] : ["opensOnly", "awayOnly"];
  return look.opens ? say(names[0], { when: when(look.opens) }) : say(names[1]);
}

function drawWrong() {
  const words = { email: "badEmail", message: "badText", consent: "badConsent", draft: "unsent" };
  const first = refused?.map((name) => words[name] ?? "refused")[0];
  parts.wrong.textContent = first ? say(first) : "";
  for (const [name, id] of [["email", "email"], ["message", "text"], ["consent", "consent"]]) root.getElementById(id)?.setAttribute("aria-invalid", String(Boolean(refused?.includes(name))));
}

// What stands there stays: who is read the log aloud hears what is new alone.
const drawn = new Map();
function drawLines(now) {
  const below = (one) => (one.kept ? `${when(one.at)} · ${say("sent")}` : say(connected && !held ? "sending" : "waits"));
  const byMail = (one) => (one.files.length ? [say("files", { names: one.files.join(", ") })] : []);
  const entries = [["greeting", true, look.greeting || say("greeting"), "", look.title]];
  for (const one of lines) {
    if (one.ours) entries.push([`${one.id}`, true, one.text, [`${one.by || look.title} · ${when(one.at)}`, ...byMail(one)].join(" · "), one.by || look.title]);
    else entries.push([one.number || `${one.id}`, false, one.text, when(one.at), say("you")]);
  }
  for (const one of now.outbox) entries.push([one.number, false, one.text, below(one), say("you")]);
  const wanted = new Set(entries.map(([key]) => key));
  for (const [key, node] of drawn) if (!wanted.has(key)) node.remove(), drawn.delete(key);
  let before = null;
  let isNew = false;
  for (const [key, ours, words, small, who] of entries) {
    const node = drawn.get(key) ?? bubble(ours, words, small, who);
    const there = before ? before.nextSibling : parts.log.firstChild;
    if (there !== node) isNew = true, parts.log.insertBefore(node, there);
    const told = node.querySelector("small");
    if (told && told.textContent !== small) told.textContent = small;
    drawn.set(key, node);
    before = node;
  }
  if (isNew) parts.log.scrollTop = parts.log.scrollHeight;
}

const announce = (words) => (parts.said.textContent = words);
const restore = (words) => parts.text && !parts.text.value && (parts.text.value = words);
