// Text and elements: what people wrote is only ever put in as text, never as markup.

/** An element with attributes, listeners (`on`) and children; strings become text. */
function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else if (key === "value") made.value = value;
    else if (key === "checked") made.checked = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The element of the page with this id. */
function $(id) {
  return document.getElementById(id);
}

/** Put children in the place of those an element has, and keep the focus on the control with the same `data-key`. */
function fill(parent, ...children) {
  const key = parent.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  if (key) {
    const again = parent.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (again) again.focus({ preventScroll: true });
  }
}

/** Lower case without accents, as searches compare. */
function folded(text) {
  return text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("’", "'").normalize("NFD").replace(/\p{M}/gu, "");
}

/** With a capital. */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How many code points a string has up to a UTF-16 index: spans count code points. */
function pointsBefore(text, index) {
  let count = 0;
  for (let at = 0; at < index; at += text.codePointAt(at) > 0xffff ? 2 : 1) count += 1;
  return count;
}

/** The UTF-16 index of a code point of a string. */
function indexOfPoint(text, point) {
  let at = 0;
  for (let count = 0; count < point && at < text.length; count += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

/** Now, with the offset from UTC. */
function now() {
  const date = new Date();
  const two = (number) => String(Math.abs(number)).padStart(2, "0");
  const away = -date.getTimezoneOffset();
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day}T${time}${away < 0 ? "-" : "+"}${two(Math.trunc(away / 60))}:${two(away % 60)}`;
}

/** On one line, cut where it is long. */
function short(text, most = 60) {
  const line = text.replace(/\s+/gu, " ").trim();
  const points = Array.from(line);
  return points.length > most ? points.slice(0, most - 1).join("").trimEnd() + "…" : line;
}
