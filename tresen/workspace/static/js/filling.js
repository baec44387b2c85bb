// An approved template reads as its customer will read it, while its fields are filled in.
function fill(field) {
  const words = field.value.trim().replace(/\s+/g, " ");
  for (const place of field.form.querySelectorAll("[data-place]")) {
    if (place.dataset.place !== field.dataset.fills) continue;
    place.textContent = words || place.dataset.empty;
    place.toggleAttribute("data-open", !words);
  }
}

document.addEventListener("input", ({ target }) => target.matches?.("[data-fills]") && fill(target));
// Who comes back to the page finds what he had typed.
window.addEventListener("pageshow", () => document.querySelectorAll("[data-fills]").forEach(fill));
