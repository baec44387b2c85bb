// What goes back in all, while it is typed; red where it is more than is left. The server reckons for itself.
const TYPED = /^(\d{1,3}([.,])\d{3}(?:\2\d{3})*|\d*)(?:([.,])(\d*))?$/;

const amountOf = (typed) => {
  const found = TYPED.exec(typed.replace(/[\s\u00a0'’]/g, ""));
  if (!found) return 0;
  const [, whole, groups, mark, rest = ""] = found;
  return mark && mark === groups ? 0 : Number(`${whole.replace(/[.,]/g, "")}.${rest || 0}`) || 0;
};

// As the server writes money: British where the page is in English.
const LOCALE = { en: "en-GB" };

const addUp = (part) => {
  const typed = [...part.querySelectorAll("input")].map(({ value }) => amountOf(value));
  const sum = typed.reduce((one, other) => one + other, 0);
  const shown = part.querySelector("output");
  const money = new Intl.NumberFormat(LOCALE[document.documentElement.lang] ?? document.documentElement.lang, {
    style: "currency",
    currency: part.dataset.addsUp,
  });
  const inMinorUnits = Math.round(sum * 10 ** money.resolvedOptions().maximumFractionDigits);
  shown.value = money.format(sum);
  shown.toggleAttribute("data-over", inMinorUnits > Number(shown.dataset.most));
  shown.parentElement.hidden = false;
};

for (const part of document.querySelectorAll("[data-adds-up]")) addUp(part);
document.addEventListener("input", ({ target }) => {
  const part = target.closest?.("[data-adds-up]");
  if (part) addUp(part);
});
