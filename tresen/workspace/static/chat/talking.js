// To and from Tresen. What is written leaves in its order, each under a number of its own, until it is known to be kept;
// what is new is waited for with one open request, and asked for less and less often while there is no connection.
const QUIET_AFTER = 30 * 60 * 1000;
const LONGEST_PAUSE = 30 * 1000;
let lines = [];
let state = { agent: "", by_mail: false, email: "", digest: "" };
let connected = navigator.onLine;
let held = ""; // why nothing is sent for now, as a key of WORDS
let refused = null; // fields that were wrong
let farewell = ""; // where the answer comes to who has ended the chat
let waiting = null;
const sleepers = new Set();

// Plain text, so that the browser need not ask beforehand whether it may send.
const ask = (path, given, options = {}) =>
  fetch(`${BASE}/${path}`, { method: "POST", body: JSON.stringify(given), credentials: "omit", referrerPolicy: "no-referrer", ...options });

function pause(time) {
  return new Promise((resolve) => {
    const over = () => (clearTimeout(timer), sleepers.delete(over), resolve());
    const timer = setTimeout(over, time);
    sleepers.add(over);
  });
}

const wake = () => [...sleepers].forEach((over) => over());

const spread = (failures) => Math.min(LONGEST_PAUSE, 1000 * 2 ** failures) * (0.75 + Math.random() / 2);

function setConnected(now) {
  if (connected === now) return;
  connected = now;
  draw();
}

let flushing = false;
async function flush() {
  if (flushing) return;
  flushing = true;
  let failures = 0;
  for (;;) {
    const now = kept();
    const next = now.outbox.find((one) => !one.kept);
    if (!next) break;
    const { email, name, order, consent } = now;
    const given = { key: now.key, number: next.number, message: next.text, email, name, order_number: order, consent, page: (location.origin + location.pathname).slice(0, 300), language, homepage: next.homepage };
    const answer = await ask("messages", given, { keepalive: true }).catch(() => null);
    setConnected(answer !== null);
    held = "";
    if (answer?.status === 201) {
      failures = 0;
      keep((then) => ({ begun: true, lastAt: Date.now(), outbox: then.outbox.map((one) => (one.number === next.number ? { ...one, kept: true } : one)) }));
      restart();
    } else if (answer?.status === 409) {
      // It goes on by mail: what is written now begins another chat.
      keep((then) => ({ ...empty(), email, name, order, consent, draft: then.draft, outbox: then.outbox.filter((one) => !one.kept) }));
      lines = [];
      state = { ...state, by_mail: false, digest: "" };
    } else if (answer?.status === 422) {
      refused = (await answer.json().catch(() => ({}))).fields ?? [];
      keep((then) => ({ begun: false, draft: next.text, outbox: then.outbox.filter((one) => one.number !== next.number) }));
      restore(next.text);
    } else if (answer && [400, 403, 404].includes(answer.status)) {
      held = "refused";
      break;
    } else {
      if (answer?.status === 429) held = "busy";
      draw();
      const seconds = answer?.status === 429 ? ((await answer.json().catch(() => ({}))).seconds ?? 30) : 0;
      await Promise.race([pause(seconds ? seconds * 1000 : spread(failures++)), cameBack()]);
    }
    draw();
  }
  flushing = false;
  draw();
}

const cameBack = () => new Promise((resolve) => addEventListener("online", resolve, { once: true }));

const isMine = () => readAt("localStorage", TAB) === ME;
const claim = () => document.visibilityState === "visible" && writeAt("localStorage", TAB, ME);
const isShown = () => isOpen && document.visibilityState === "visible";
// A page that nobody looks at for so long says no more that its visitor is there: then answers leave by mail.
const isLive = () => kept().begun && isMine() && (isShown() || Date.now() - kept().lastAt < QUIET_AFTER);
const fresh = () => (isShown() ? lines.filter((one) => one.ours && !one.seen).map((one) => one.id) : []);

function restart() {
  waiting?.abort();
  wake();
}

async function listen() {
  let failures = 0;
  for (let first = true; ; first = false) {
    const now = kept();
    if (!now.begun || !(first || isLive())) {
      await pause(60 * 60 * 1000);
      continue;
    }
    waiting = new AbortController();
    const reported = fresh();
    const given = { key: now.key, have: state.digest, seen: reported, wait: !first && reported.length === 0 };
    const answer = await ask("wait", given, { signal: waiting.signal }).catch((trouble) => (trouble.name === "AbortError" ? "again" : null));
    if (answer === "again") continue;
    setConnected(answer !== null);
    if (answer?.status === 200) {
      failures = 0;
      const told = await answer.json().catch(() => ({}));
      if (told.digest) take(told);
      else if (reported.length) await pause(500);
    } else if (answer?.status === 410) {
      if (now.outbox.some((one) => !one.kept)) await pause(spread(failures++));
      else leaveBehind();
    } else {
      await Promise.race([pause(spread(failures++)), cameBack()]);
    }
  }
}

function take(told) {
  const before = lines.at(-1)?.id ?? 0;
  lines = told.messages;
  state = told;
  const there = new Set(lines.map((one) => one.number));
  keep((now) => ({ outbox: now.outbox.filter((one) => !there.has(one.number)), lastAt: Math.max(now.lastAt, ...lines.map((one) => Date.parse(one.at))) }));
  const news = lines.filter((one) => one.ours && one.id > before && one.id > kept().read);
  draw();
  if (news.length && !isShown()) announce(`${say("fresh")}: ${news.at(-1).text.slice(0, 200)}`);
}

function leaveBehind() {
  lines = [];
  state = { agent: "", by_mail: false, email: "", digest: "" };
  forget();
  draw();
}
