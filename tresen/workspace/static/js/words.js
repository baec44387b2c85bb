// What scripts say, in the agent's language, from the page itself.
const given = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export const say = (name, values = {}) =>
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), given[name] ?? "");
