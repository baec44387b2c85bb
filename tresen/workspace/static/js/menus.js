// Menus are <details>: Esc and a click elsewhere close them, arrows move through them. Dialogs open by data-opens.
const openMenus = () => document.querySelectorAll("details.menu[open]");

let looked = "";
let lookedAt = 0;

function close(menu, { refocus = false } = {}) {
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
}

// What is chosen now, else the first. A menu that several keys open may have a part for one of them.
export function focusFirst(menu, key = "") {
  lookedAt = 0;
  const part = (key && menu.querySelector(`[data-focused-by="${CSS.escape(key)}"]`)) || menu.querySelector(".menu-body");
  const can = ":is(input:not([type=hidden]), a, button:not([hidden]), select, summary)";
  (part.querySelector("[aria-current]") ?? part.querySelector(can))?.focus();
}

// What Enter in a field presses.
const firstButton = (form) => form?.querySelector("button:not([type=button])");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) close(menu);
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    for (const menu of openMenus()) close(menu);
    document.getElementById(opener.dataset.opens)?.showModal();
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest(closer.dataset.closes)?.remove();
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

// Letters in a menu look for an item by its name; the same letter again goes to the next one. They are no commands there.
const PAUSE = 800;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();
const nameOf = (item) => plain(item.getAttribute("aria-label") ?? item.textContent);
function look(menu, letter) {
  looked = Date.now() - lookedAt > PAUSE ? plain(letter) : looked + plain(letter);
  lookedAt = Date.now();
  const again = new Set(looked).size === 1;
  const wanted = again ? looked[0] : looked;
  const items = [...menu.querySelectorAll(".menu-item")].filter((item) => item.checkVisibility());
  const from = Math.max(0, items.indexOf(document.activeElement) + (again ? 1 : 0));
  const inTurn = [...items.slice(from), ...items.slice(0, from)];
  const found = inTurn.find((item) => nameOf(item).startsWith(wanted))
    ?? inTurn.find((item) => nameOf(item).split(/\s+/).some((word) => word.startsWith(wanted)));
  found?.focus();
}

function looksUp(event, menu) {
  if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  return !typing && !document.querySelector("dialog[open]") && menu.querySelector(".menu-item") !== null;
}

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]") ?? openMenus()[0];
  if (!menu) return;
  if (event.key === "Escape") {
    close(menu, { refocus: true });
    event.stopImmediatePropagation();
    event.preventDefault();
  } else if (looksUp(event, menu)) {
    look(menu, event.key);
    event.stopImmediatePropagation();
    event.preventDefault();
  } else if (event.key === "Enter" && event.target.matches("input") && firstButton(event.target.form)?.disabled) {
    event.target.form.querySelector(".menu-item").focus();
    event.preventDefault();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target.matches("textarea, select")) return;
    const items = [...menu.querySelectorAll(".menu-body :is(a, button, input, select):not([type=hidden], [hidden])")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    items.at((items.indexOf(document.activeElement) + step + items.length) % items.length)?.focus();
    event.preventDefault();
  }
}, true);

// Of menus of one name only one is open: what comes open with the new desk would be closed for the old one's sake.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "desk" && event.detail.shouldSwap) for (const menu of openMenus()) close(menu);
});

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement)) return;
  if (menu.matches(".menu") && menu.open && !menu.contains(document.activeElement.closest(".menu-body"))) focusFirst(menu);
  if (menu.dataset.remembers === "open") localStorage.setItem(`tresen.open.${menu.id}`, menu.open ? "1" : "");
}, true);

function remember(root = document) {
  for (const fold of root.querySelectorAll("details[data-remembers=open]")) {
    const kept = localStorage.getItem(`tresen.open.${fold.id}`);
    if (kept !== null) fold.open = kept === "1";
  }
}
remember();
document.addEventListener("htmx:afterSettle", (event) => remember(event.target));
