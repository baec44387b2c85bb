// What the browser keeps: the visitor's key, what was written and is not known to have arrived, what was read.
// Every change reads it anew first: another tab of the same website may have written meanwhile.
const PLACE = `tresen-chat-${STORE}`;
const TAB = `${PLACE}-tab`;
const OPEN = `${PLACE}-open`;
const LOOK = `${PLACE}-look`;
const memory = {};

const stores = (name) => {
  try {
    return window[name];
  } catch {
    return null; // the browser forbids it: for this page alone, then
  }
};

function readAt(store, place) {
  try {
    return stores(store)?.getItem(place) ?? memory[place] ?? null;
  } catch {
    return memory[place] ?? null;
  }
}

function writeAt(store, place, text) {
  memory[place] = text;
  try {
    stores(store)?.setItem(place, text);
  } catch {
    // full or forbidden: it is kept for this page
  }
}

const random = (bytes) => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)))).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");

const empty = () => ({ key: random(32), begun: false, email: "", name: "", order: "", consent: false, outbox: [], read: 0, lastAt: 0, draft: "" });

function kept() {
  try {
    return { ...empty(), ...JSON.parse(readAt("localStorage", PLACE) ?? "{}") };
  } catch {
    return empty();
  }
}

function keep(change) {
  const now = kept();
  Object.assign(now, typeof change === "function" ? change(now) : change);
  writeAt("localStorage", PLACE, JSON.stringify(now));
  return now;
}

const forget = () => keep((now) => ({ ...empty(), email: now.email, name: now.name }));
const number = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const ME = number();
