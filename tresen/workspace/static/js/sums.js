// What goes back in all, while it is typed; red where it is more than is left. The server reckons for itself.
const amountOf = (typed) => {
  const plain = typed.replace(/[\s\u00a0'’]/g, "");
  const point = Math.max(plain.lastIndexOf(","), plain.lastIndexOf("."));
  const whole = point < 0 ? plain : plain.slice(0, point);
  const rest = point < 0 ? "" : plain.slice(point + 1);
  return Number(`${whole.replace(/[.,]/g, "")}.${rest || 0}`) || 0;
};

const addUp = (part) => {
  const typed = [...part.querySelectorAll("input")].map(({ value }) => amountOf(value));
  const sum = typed.reduce((one, other) => one + other, 0);
  const shown = part.querySelector("output");
  const money = new Intl.NumberFormat(document.documentElement.lang, {
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
