// Alt and the arrow keys move the thing in a list that has the focus, as its buttons do; the focus stays on it.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const thing = event.target.closest?.("[data-movable]");
  const way = event.key === "ArrowUp" ? "up" : "down";
  const button = thing?.querySelector(`[data-moves=${way}]`);
  if (!button) return;
  event.preventDefault();
  if (button.disabled) return;
  button.focus();
  button.click();
});

// Copies a text that is shown only once.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copies);
  source.select();
  await navigator.clipboard?.writeText(source.value).catch(() => document.execCommand("copy"));
  button.querySelector("span").textContent = button.dataset.done;
});
