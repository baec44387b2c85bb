// The session is over. Whoever is writing goes on: the text is on this device, and signing in leads back to it.
const bar = document.getElementById("signed-out");

const writing = () => [...document.querySelectorAll("#composer textarea")].some((text) => text.value.trim());

export function signedOut() {
  if (!writing()) return location.reload();
  const link = bar.querySelector("a");
  link.href = `${link.pathname}?next=${encodeURIComponent(location.pathname + location.search)}`;
  bar.hidden = false;
}

document.addEventListener("htmx:responseError", (event) => {
  if ([401, 403].includes(event.detail.xhr.status)) signedOut();
});
