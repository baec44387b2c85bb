// The sentence of a policy follows what is chosen in it, as the server writes it when the form comes back.
function chosenIn(clause) {
  const fields = [...clause.querySelectorAll(".clause-body :is(input, select, textarea)")];
  const ticked = fields.filter((field) => ["checkbox", "radio"].includes(field.type) && field.checked && field.value);
  if (ticked.length) return ticked.map((field) => field.closest("label").textContent.trim()).join(", ");
  const typed = fields.filter((field) => !["checkbox", "radio"].includes(field.type) && field.value.trim());
  return typed.some((field) => field.name !== "currency") ? typed.map((field) => field.value.trim()).join(" – ") : "";
}

// A part that is still below, where all conditions are offered, is told in the sentence by its words.
function tell(form) {
  const chosen = [...form.querySelectorAll(".clause[data-chosen]")];
  const below = chosen.filter((clause) => clause.closest(".clauses-more"));
  const any = form.querySelector(".clause-any");
  any.hidden = chosen.length > 0 && below.length === 0;
  any.textContent = below.length
    ? below.map((clause) => clause.querySelector("summary").innerText.replace(/\s+/g, " ").trim()).join(", ")
    : any.dataset.any;
}

document.addEventListener("input", ({ target }) => {
  const clause = target.closest?.(".policy-form .clause");
  if (!clause) return;
  const words = chosenIn(clause);
  clause.querySelector("summary > strong").textContent = words;
  clause.toggleAttribute("data-chosen", words !== "");
  tell(clause.closest("form"));
});
