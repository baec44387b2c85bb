// Menus are <details>: Esc and a click elsewhere close them, arrows move through them. Dialogs open by data-opens.
const openMenus = () => document.querySelectorAll("details.menu[open]");

function close(menu, { refocus = false } = {}) {
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
}

// What is chosen now, else the first. A menu that several keys open may have a part for one of them.
export function focusFirst(menu, key = "") {
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

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]") ?? openMenus()[0];
  if (!menu) return;
  if (event.key === "Escape") {
    close(menu, { refocus: true });
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
