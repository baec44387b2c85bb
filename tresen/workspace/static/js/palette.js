// Ctrl K: every action and view of this page and every other page by name, and any ticket by its number.
import { say } from "./words.js";
import { open } from "./desk.js";

const palette = document.getElementById("palette");
const input = document.getElementById("palette-input");
const list = document.getElementById("palette-list");
let entries = [];
let at = 0;

function commands() {
  const text = (element) => [...element.childNodes].filter((node) => !node.matches?.(".key")).map((node) => node.textContent).join(" ");
  const named = (element) => (element.getAttribute("aria-label") || element.title.split(" · ")[0] || text(element)).trim().replace(/\s+/g, " ");
  const actions = [...document.querySelectorAll("[data-key]:not([hidden])")].filter((element) => element.checkVisibility()).map((element) => {
    const target = element.matches("details") ? element.querySelector("summary") : element;
    const label = element.matches("input") ? text(element.closest("label")).trim() : named(target);
    return { name: label, key: element.dataset.key.split(" ")[0], run: () => target.click() };
  });
  const links = [...document.querySelectorAll("a[data-command], .view, .rail-place[href], .rail-end a.menu-item")].map((link) => ({
    name: link.querySelector("span:not([aria-hidden], .view-count)")?.textContent.trim() ?? text(link).trim(), run: () => link.click(),
  }));
  const pages = JSON.parse(document.getElementById("pages")?.textContent ?? "[]").map(({ name, address }) => ({
    name, run: () => location.assign(address),
  }));
  const seen = new Set();
  return [...actions, ...links, ...pages].filter(({ name }) => name && !seen.has(name) && seen.add(name));
}

function matching(text) {
  const wanted = text.trim().toLowerCase();
  const number = wanted.replace(/^#/, "");
  const found = commands().filter(({ name }) => name.toLowerCase().includes(wanted));
  if (/^\d+$/.test(number)) {
    found.unshift({ name: say("go_to_ticket", { number }), run: () => open(`/tickets/${number}/`) });
  }
  return found.slice(0, 40);
}

function draw() {
  entries = matching(input.value);
  at = 0;
  list.replaceChildren(...entries.map(({ name, key }, index) => {
    const item = document.createElement("li");
    item.role = "option";
    item.id = `palette-${index}`;
    item.textContent = name;
    if (key) {
      const mark = document.createElement("kbd");
      mark.className = "key";
      mark.textContent = key;
      item.append(mark);
    }
    item.addEventListener("click", () => run(index));
    return item;
  }));
  if (!entries.length) list.textContent = say("nothing_found");
  mark();
}

function mark() {
  for (const [index, item] of [...list.children].entries()) {
    item.setAttribute("aria-selected", index === at);
    if (index === at) item.scrollIntoView({ block: "nearest" });
  }
  input.setAttribute("aria-activedescendant", entries.length ? `palette-${at}` : "");
}

function run(index) {
  palette.close();
  entries[index]?.run();
}

input?.addEventListener("input", draw);
input?.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && entries.length) {
    at = (at + by + entries.length) % entries.length;
    mark();
    event.preventDefault();
  } else if (event.key === "Enter" && !event.ctrlKey) {
    run(at);
    event.preventDefault();
  }
});
palette && new MutationObserver(() => {
  if (!palette.open) return;
  input.value = "";
  draw();
}).observe(palette, { attributeFilter: ["open"] });
