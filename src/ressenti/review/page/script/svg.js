// What the pictures are drawn with: shapes, and how wide words are at most, as where the pictures are first drawn.

const look = settings.pictures;
const NARROW = new Set("iljtfr.,;:'’!|()[]/- ·I");
const BROAD = new Set("mwMW@%œŒæÆ…—");
const EAST = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** An element of a picture; what is null is left out, numbers have tenths at most. */
function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) made.setAttribute(key, typeof value === "number" ? String(tenths(value)) : value);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function tenths(number) {
  return Math.round(number * 10) / 10 + 0;
}

/** How wide a text is at most, in the unit of its size. */
function widthOf(text, size, bold = false) {
  let sum = 0;
  for (const char of text) sum += emOf(char);
  return size * sum * (bold ? 1.08 : 1);
}

function emOf(char) {
  if (NARROW.has(char)) return 0.37;
  if (BROAD.has(char)) return 0.96;
  if (/[\p{M}\p{Cf}]/u.test(char)) return 0;
  if (EAST.test(char)) return 1.2;
  return /\p{Lu}/u.test(char) ? 0.72 : 0.63;
}

/** A text in lines no wider than `widest`; what does not fit in so many lines is cut, and ends in « … ». */
function wrapped(text, size, widest, most, bold = false) {
  const wide = (line) => widthOf(line, size, bold) > widest;
  const made = [];
  const rest = text.split(" ").filter(Boolean);
  while (rest.length && made.length < most) {
    let line = rest.shift();
    if (wide(line)) {
      const chars = Array.from(line);
      let end = 1;
      while (end < chars.length - 1 && !wide(chars.slice(0, end + 1).join(""))) end += 1;
      line = chars.slice(0, end).join("");
      rest.unshift(chars.slice(end).join(""));
    } else while (rest.length && !wide(`${line} ${rest[0]}`)) line += ` ${rest.shift()}`;
    made.push(line);
  }
  if (rest.length) {
    let last = made.pop();
    while (last && wide(`${last} …`)) last = last.includes(" ") ? last.slice(0, last.lastIndexOf(" ")) : last.slice(0, -1);
    made.push(`${last.replace(/[ ,;:]+$/u, "")} …`.trim());
  }
  return made.length ? made : [""];
}

/** Lines of text around a middle; the first at `y`. */
function lettering(x, y, lines, size, fill, leading = 0, more = {}) {
  const spans = lines.map((line, number) => shape("tspan", { x, y: y + number * (leading || size * 1.25) + size * 0.35 }, line));
  const text = shape("text", { "font-size": size, fill, "text-anchor": "middle", ...more }, spans);
  apart(text);
  return text;
}

/** Put a blank that takes no room between lines of text: else « Mon collègue » and « Thomas » read as one word. */
function apart(part) {
  for (const line of part.querySelectorAll("tspan + tspan")) line.before(shape("tspan", { "font-size": 0 }, " "));
}

/** A rectangle given by its middle. */
function field(rect, round, more) {
  return shape("rect", { x: rect.x - rect.w / 2, y: rect.y - rect.h / 2, width: rect.w, height: rect.h, rx: round, ...more });
}

function corners(points) {
  return points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
}

function hexagon({ x, y, w, h }, more) {
  const [a, b] = [w / 2, h / 2];
  const tip = Math.min(b * 0.6, 20);
  return shape("polygon", { points: corners([[x - a, y], [x - a + tip, y - b], [x + a - tip, y - b], [x + a, y], [x + a - tip, y + b], [x - a + tip, y + b]]), ...more });
}

/** Whether two rectangles are nearer than `gap`. */
function overlaps(one, other, gap = 0) {
  return Math.abs(one.x - other.x) * 2 < one.w + other.w + 2 * gap && Math.abs(one.y - other.y) * 2 < one.h + other.h + 2 * gap;
}

/** What speaks of a part of a picture to who presses it. */
function pressed(said, mentions, more) {
  const about = mentions.join(" ");
  const button_ = mentions.length ? { role: "button", tabindex: "0" } : { role: "graphics-symbol" };
  return { "data-mention": about, ...button_, "aria-label": said.replace(/[()]/g, ""), ...more };
}
