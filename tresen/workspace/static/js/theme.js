// Runs before the first paint: says that scripts work, and gives the panels the widths they had.
document.documentElement.dataset.scripts = "";
try {
  const widths = JSON.parse(localStorage.getItem("tresen.widths") ?? "{}");
  for (const [name, width] of Object.entries(widths)) {
    document.documentElement.style.setProperty(`--${name}-width`, `${Number(width)}px`);
  }
  const density = localStorage.getItem("tresen.density");
  if (density) document.documentElement.dataset.density = density;
  const side = localStorage.getItem("tresen.side");
  if (side) document.documentElement.dataset.side = side;
} catch {
  // A browser without storage shows the usual widths.
}
