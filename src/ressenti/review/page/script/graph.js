// Decisions in the picture of the graph: what was found keeps its place, what is rejected pales, what is changed or new is drawn here.

const GAP = 20;
const BULGES = [0, 0.12, -0.12, 0.22, -0.22, 0.35, -0.35, 0.5, -0.5, 0.8, -0.8];

/** Take in a picture as it was found: its nodes with their places, its lines, its frame. */
function readGraph(picture, number) {
  const nodes = new Map();
  for (const node of picture.querySelectorAll("g.node")) nodes.set(node.dataset.node, { node, ...placeOf(node) });
  const lines = new Map();
  for (const line of picture.querySelectorAll("g.edge, g.label")) {
    const id = line.dataset.edge.split(" ")[0];
    if (lines.has(id)) lines.get(id).push(line);
    else lines.set(id, [line]);
  }
  const body = [...picture.children];
  const title = body.findIndex(({ localName }) => localName === "text");
  const last = body.findLastIndex((part) => part.matches("g.node"));
  const empty = last < 0 ? body[title + 1] : null;
  const legend = shape("g", {}, body.slice((last < 0 ? title + 1 : last) + 1));
  picture.append(legend);
  const [left, top, wide, high] = picture.getAttribute("viewBox").split(" ").map(Number);
  const base = sceneOf(replay(record(number).narrative, []));
  const above = picture.querySelector("g.node");
  const row = legend.querySelector("tspan");
  const floor = Math.max(...[...nodes.values()].map(({ y, h }) => y + h / 2), top + 60);
  return { picture, nodes, lines, empty, legend, base, frame: { left, top, wide, high }, back: picture.querySelector(":scope > rect"), above, floor, row: row ? Number(row.getAttribute("y")) - 4 : top + high - 26 };
}

function placeOf(node) {
  const box = node.querySelector("rect");
  const sides = (w, h, x, y) => ({ x, y, w, h });
  if (box) {
    const [x, y, w, h] = ["x", "y", "width", "height"].map((key) => Number(box.getAttribute(key)));
    return sides(w, h, x + w / 2, y + h / 2);
  }
  const points = [...node.querySelectorAll("polygon")].pop().getAttribute("points").split(" ").map((pair) => pair.split(",").map(Number));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return sides(right - left, bottom - top, (left + right) / 2, (top + bottom) / 2);
}

/** Draw a narrative as it stands into the picture of what was found. */
function drawGraph(graph, at) {
  const { picture, nodes, lines, base } = graph;
  for (const part of picture.querySelectorAll(".drawn")) part.remove();
  const now_ = sceneOf(at);
  const rects = new Map();
  const over = new Set(); // what is found, but drawn anew
  for (const [id, box] of now_.boxes) {
    const found = nodes.get(id);
    if (!found) continue;
    const same = base.boxes.has(id) && base.boxes.get(id).looks === box.looks;
    rects.set(id, { x: found.x, y: found.y, w: same ? found.w : box.w, h: same ? found.h : box.h });
    if (!same) over.add(id);
    else found.node.dataset.mention = box.mentions.join(" ");
  }
  const fresh = [...now_.boxes.values()].filter(({ id }) => !nodes.has(id));
  for (const box of fresh) {
    const before = predecessor(box, graph, now_, over);
    if (before) {
      over.add(before);
      rects.set(box.id, { x: nodes.get(before).x, y: nodes.get(before).y, w: box.w, h: box.h });
    }
  }
  const waiting = fresh.filter(({ id }) => !rects.has(id)).sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
  const gone = [...nodes].filter(([id]) => !now_.boxes.has(id) && !over.has(id)).map(([, found]) => found);
  for (const box of waiting) rects.set(box.id, roomFor(box, graph, now_, rects, gone));
  for (const [id, { node }] of nodes) {
    node.classList.toggle("over", over.has(id));
    node.classList.toggle("gone", !now_.boxes.has(id));
  }
  const kept = (id) => nodes.has(id) && !over.has(id);
  const anew = fresh.map(({ id }) => rects.get(id));
  const pale = [...base.boxes.values()].filter(({ id }) => nodes.has(id) && !now_.boxes.has(id) && !over.has(id));
  const tokens = new Map([...now_.links.values()].map((link) => [link.key, link]));
  for (const [key, link] of base.links) {
    const next = tokens.get(key);
    const same = next && next.looks === link.looks && kept(link.start) && kept(link.end) && !meets(lines.get(link.id), anew);
    for (const part of lines.get(link.id) || []) {
      part.classList.toggle("over", Boolean(next) && !same);
      part.classList.toggle("gone", !next);
      if (same) part.dataset.mention = next.mentions.join(" ");
    }
    const withEnds = !next && (over.has(link.start) || over.has(link.end));
    if (withEnds) for (const part of lines.get(link.id) || []) part.classList.add("over");
    if (same) tokens.delete(key);
  }
  const boxesNow = [...now_.boxes.values()];
  const routes = [...tokens.values()].map((link) => [link, curveOf(link, rects, gone)]);
  for (const [link, curve] of routes) picture.insertBefore(lineOf(link, curve, now_), graph.above || graph.legend);
  const covered = [...rects.values(), ...[...picture.querySelectorAll("g.label:not(.over):not(.gone)")].map(placeOf)];
  for (const [link, curve] of routes) {
    const words_ = wordOf(link, curve, covered, now_);
    if (words_) picture.insertBefore(words_, graph.legend);
  }
  for (const box of boxesNow) if (!kept(box.id)) picture.insertBefore(boxOf(box, rects.get(box.id)), graph.legend);
  frame(graph, now_, rects, pale);
}

const ORDER = ["narrator", "character", "emotion", "event"];

/** The box of what was found that a new one takes the place of: the same mention felt as another emotion, or by somebody else. */
function predecessor(box, { base, nodes }, now_, over) {
  if (box.kind !== "emotion") return null;
  const gone = [...base.boxes.values()].filter((other) => other.kind === "emotion" && nodes.has(other.id) && !now_.boxes.has(other.id) && !over.has(other.id));
  const found = gone.find((other) => other.mentions.some((id) => box.mentions.includes(id)));
  return found ? found.id : null;
}

/** A free place for a new box: as near as can be to what it belongs to, outwards first. */
function roomFor(box, graph, now_, rects, gone) {
  const { left, top, wide } = graph.frame;
  const links = [...now_.links.values()].filter((link) => link.kind !== "before" && (link.start === box.id || link.end === box.id));
  const near = links.map((link) => rects.get(link.start === box.id ? link.end : link.start)).filter(Boolean);
  const teller = [...now_.boxes.values()].find(({ kind }) => kind === "narrator");
  const middle = (teller && rects.get(teller.id)) || { x: left + wide / 2, y: (top + graph.floor) / 2, w: 0, h: 0 };
  const anchor = near[0] || middle;
  const long = 56 + Math.max(0, ...links.map((link) => widthOf(link.label, 11)));
  const outwards = Math.atan2(anchor.y - middle.y, anchor.x - middle.x);
  const taken = [...rects.values(), ...gone];
  const size = { w: box.w, h: box.h };
  if (!taken.length) return { x: left + wide / 2, y: top + 44 + GAP + box.h, ...size };
  for (let ring = 0; ring < 40; ring += 1) {
    for (let turn = 0; turn < 16; turn += 1) {
      const angle = outwards + (turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * (Math.PI / 8);
      const across = (anchor.w + box.w) / 2 + long + ring * 30;
      const down = (anchor.h + box.h) / 2 + 42 + ring * 20;
      const rect = { x: anchor.x + across * Math.cos(angle), y: anchor.y + down * Math.sin(angle), ...size };
      if (rect.y - rect.h / 2 > top + 44 && !taken.some((other) => overlaps(rect, other, GAP))) return rect;
    }
  }
  return { x: middle.x, y: Math.max(...taken.map((rect) => rect.y + rect.h)) + GAP + box.h, ...size };
}

/** A line from box to box, round the others where it can: start, bend and end. */
function curveOf(link, rects, pale) {
  const [from, to] = [rects.get(link.start), rects.get(link.end)];
  const others = [...[...rects].filter(([id]) => id !== link.start && id !== link.end).map(([, rect]) => rect), ...pale];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let best = null;
  for (const bulge of BULGES) {
    const turned = bulge + (link.kind === "before" ? -0.14 : 0);
    const bend = [(from.x + to.x) / 2 - dy * turned, (from.y + to.y) / 2 + dx * turned];
    const curve = [rim(from, bend, 2), bend, rim(to, bend, 4)];
    const hits = others.filter((rect) => crosses(curve, rect)).length;
    const cost = 10 * Math.abs(bulge) + 40 * bulge * bulge + 30 * hits;
    if (!best || cost < best.cost) best = { curve, cost };
  }
  return best.curve;
}

function crosses(curve, rect) {
  return Array.from({ length: 25 }, (_, step) => pointOn(curve, step / 24)).some(([x, y]) => Math.abs(x - rect.x) * 2 < rect.w + 4 && Math.abs(y - rect.y) * 2 < rect.h + 4);
}

/** Whether a line as it was found passes under one of these boxes. */
function meets(parts, rects) {
  const path = parts && rects.length && parts[0].querySelector("path");
  if (!path) return false;
  const [a, b, c, d, e, f] = path.getAttribute("d").match(/-?[\d.]+/g).map(Number);
  return rects.some((rect) => crosses([[a, b], [c, d], [e, f]], rect));
}

function pointOn([start, bend, end], t) {
  const u = 1 - t;
  return [0, 1].map((axis) => u * u * start[axis] + 2 * u * t * bend[axis] + t * t * end[axis]);
}

/** Where a line from a box's middle leaves it. */
function rim(rect, [x, y], gap) {
  const [dx, dy] = [x - rect.x, y - rect.y];
  if (!dx && !dy) return [rect.x, rect.y];
  const share = Math.min(dx ? (rect.w / 2 + gap) / Math.abs(dx) : Infinity, dy ? (rect.h / 2 + gap) / Math.abs(dy) : Infinity);
  return [rect.x + dx * share, rect.y + dy * share];
}

function strokeOf(link, { boxes }) {
  if (link.kind === "before") return [look.faint, 1.1];
  return link.kind === "feels" ? [look.colours[boxes.get(link.end).primary].ink, look.widths[link.intensity]] : [look.ink, 1.2];
}

function lineOf(link, curve, now_) {
  const [stroke, thick] = strokeOf(link, now_);
  const [start, end] = [now_.boxes.get(link.start), now_.boxes.get(link.end)];
  const said = `${start.lines.join(" ")} — ${link.label} — ${end.lines.join(" ")}`;
  const [[a, b], [c, d], [e, f]] = curve.map((point) => point.map((number) => number.toFixed(1)));
  const size = link.kind === "before" ? 6 : 8 + thick;
  const inner = pointOn(curve, 0.94);
  const long = Math.hypot(curve[2][0] - inner[0], curve[2][1] - inner[1]) || 1;
  const [x, y] = [0, 1].map((axis) => ((curve[2][axis] - inner[axis]) / long) * size);
  const [tx, ty] = curve[2];
  return shape("g", pressed(said, link.mentions, { class: `edge drawn ${link.kind.replace(" ", "-")}`, "data-edge": link.id, "data-kind": link.kind, "data-status": link.status }),
    shape("title", {}, said),
    shape("path", { d: `M${a} ${b}Q${c} ${d} ${e} ${f}`, fill: "none", stroke, "stroke-width": thick, "stroke-dasharray": look.dashes[link.status], "stroke-linecap": "round" }),
    link.kind !== "opposes" && shape("polygon", { points: corners([[tx, ty], [tx - x - y * 0.45, ty - y + x * 0.45], [tx - x + y * 0.45, ty - y - x * 0.45]]), fill: stroke }));
}

/** The word of a line, where it covers no box and no other word. */
function wordOf(link, curve, covered, now_) {
  if (link.kind === "before") return null;
  const size = { w: widthOf(link.label, 11) + 6, h: 16 };
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73]) {
    const [x, y] = pointOn(curve, t);
    const rect = { x, y, ...size };
    if (covered.some((other) => overlaps(rect, other, 2))) continue;
    covered.push(rect);
    return shape("g", { class: "label drawn", "data-edge": link.id, "data-mention": link.mentions.join(" "), "aria-hidden": "true" },
      field(rect, 3, { fill: look.paper, "fill-opacity": "0.88" }), lettering(x, y, [link.label], 11, strokeOf(link, now_)[0]));
  }
  return null;
}

function boxOf(box, rect) {
  const said = box.lines.join(" ") + (box.note ? ` (${box.note})` : "");
  const parts = [shape("title", {}, said)];
  let [ink, size, leading, style] = [look.paper, 13.5, 18, { "font-weight": "bold" }];
  if (box.kind === "emotion") {
    const hollow = box.status !== "affirmed";
    const colours = look.colours[box.primary];
    parts.push(field(rect, Math.min(rect.h / 2, 26), { fill: hollow ? look.paper : colours.fill, stroke: colours.ink, "stroke-width": hollow ? 2 : null, "stroke-dasharray": look.dashes[box.status] }));
    [ink, size, leading] = [hollow ? colours.ink : colours.on, 15, 19];
  } else if (box.kind === "event") {
    parts.push(field(rect, 3, { fill: "#ffffff", stroke: look.faint }));
    [ink, size, leading, style] = [look.ink, 12.5, 16, { "font-style": "italic" }];
  } else {
    if (box.kind === "narrator") parts.push(hexagon({ ...rect, w: rect.w + 10, h: rect.h + 8 }, { fill: look.paper, stroke: look.ink, "stroke-width": 1.5 }));
    parts.push(hexagon(rect, { fill: look.ink }));
    if (box.kind === "narrator") size = 16;
  }
  const y = rect.y - (leading * (box.lines.length - 1) + (box.note ? 14 : 0)) / 2;
  parts.push(lettering(rect.x, y, box.lines, size, ink, leading, style));
  if (box.note) parts.push(lettering(rect.x, y + leading * (box.lines.length - 1) + 16, [box.note], 11, ink));
  return shape("g", pressed(said, box.mentions, { class: `node drawn ${box.kind}`, "data-node": box.id, "data-kind": box.kind, "data-status": box.kind === "emotion" ? box.status : null }), parts);
}

/** The frame around everything, the legend below it, and the picture in words. */
function frame(graph, now_, rects, pale) {
  const { picture, back, legend } = graph;
  const { left, top, wide, high } = graph.frame;
  const all = [...rects.values()];
  const from = Math.min(left, ...all.map((rect) => rect.x - rect.w / 2 - 26));
  const to = Math.max(left + wide, ...all.map((rect) => rect.x + rect.w / 2 + 26));
  const down = Math.max(0, ...all.map((rect) => rect.y + rect.h / 2 - graph.floor));
  const { parts, height } = legendOf(now_, pale, left + 26, graph.row + down, to - left - 52);
  legend.replaceChildren(...parts);
  const sides = { x: from, y: top, width: to - from, height: graph.row + down + height - top };
  for (const [key, value] of Object.entries(sides)) back.setAttribute(key, tenths(value));
  picture.setAttribute("viewBox", Object.values(sides).map(Math.round).join(" "));
  picture.setAttribute("width", Math.round(sides.width));
  picture.setAttribute("height", Math.round(sides.height));
  if (graph.empty) graph.empty.setAttribute("visibility", now_.boxes.size ? "hidden" : "visible");
  picture.querySelector("desc").textContent = inWords(now_);
}

function inWords({ boxes, links }) {
  const every = [...links.values()];
  const called = (id) => boxes.get(id).lines.join(" ");
  const about = (emotion) => {
    const others = every.filter(({ kind, start, end }) => kind !== "feels" && kind !== "before" && (start === emotion || end === emotion))
      .map(({ label: said, start, end }) => `${said} ${called(end === emotion ? start : end)}`);
    return others.length ? ` (${others.join("; ")})` : "";
  };
  const told = every.filter(({ kind }) => kind === "feels").map(({ start, end, label: said }) => `${called(start)} ${said} ${called(end)}${about(end)}`);
  for (const { id, kind, status } of boxes.values()) {
    if (kind !== "emotion" || every.some((link) => link.kind === "feels" && link.end === id)) continue; // of nobody
    told.push(`${called(id)}${status === "affirmed" ? "" : ` (${look.values[status]})`}${about(id)}`);
  }
  const steps_ = every.filter(({ kind }) => kind === "before").map((link) => `${called(link.start)} ${link.label} ${called(link.end)}`);
  return told.length ? `${[...told, ...steps_].join(". ")}.` : look.empty;
}

/** The legend: the primaries that occur, the shapes of the kinds, and what lines mean. */
function legendOf({ boxes, links }, pale, left, top, wide) {
  const every = [...boxes.values(), ...pale];
  const felt = [...links.values()].filter(({ kind }) => kind === "feels").map(({ intensity }) => intensity);
  const lines = [...links.values()];
  const strokes = [
    ...["negated", "hypothetical"].filter((status) => [...lines, ...boxes.values()].some((part) => part.status === status)).map((status) => [look.values[status], { "stroke-dasharray": look.dashes[status] }]),
    ...(new Set(felt).size > 1 ? RANK.filter((one) => felt.includes(one)) : []).map((one) => [look.of_intensity.replace("{}", look.values[one]), { "stroke-width": look.widths[one] }]),
    ...(lines.some(({ kind }) => kind === "opposes") ? [[look.edges.opposes, { "stroke-width": 1.2 }]] : []),
  ].map(([text, more]) => [text, (x, y) => [shape("path", { d: `M${x} ${y}h30`, stroke: look.ink, "stroke-width": 1.8, ...more })]]);
  const before = (x, y) => [
    shape("path", { d: `M${x} ${y}h30`, stroke: look.faint, "stroke-width": 1.2 }), shape("polygon", { points: corners([[x + 30, y], [x + 23, y + 3.2], [x + 23, y - 3.2]]), fill: look.faint }),
  ];
  const rect = (x, y) => ({ x: x + 15, y, w: 30, h: 15 });
  const primaries = settings.emotions.filter((one) => one.tier === "primary" && every.some((box) => box.kind === "emotion" && box.primary === one.primary));
  const entries = [
    ...primaries.map((one) => [one.label, (x, y) => [field(rect(x, y), 7.5, { fill: look.colours[one.primary].fill })]]),
    ...(every.some(({ kind }) => kind === "character" || kind === "narrator") ? [[look.nodes.character, (x, y) => [hexagon(rect(x, y), { fill: look.ink })]]] : []),
    ...(every.some(({ kind }) => kind === "event") ? [[look.nodes.event, (x, y) => [field(rect(x, y), 2, { fill: "#ffffff", stroke: look.faint })]]] : []),
    ...strokes,
    ...(lines.some(({ kind }) => kind === "before") ? [[look.edges.before, before]] : []),
  ];
  const parts = [];
  let [x, y] = [left, top];
  for (const [text, swatch] of entries) {
    const takes = 60 + widthOf(text, 11.5);
    if (x + takes > left + wide && x > left) [x, y] = [left, y + 25];
    parts.push(...swatch(x, y), lettering(x + 37, y, [text], 11.5, look.ink, 0, { "text-anchor": "start" }));
    x += takes;
  }
  return { parts, height: y - top + 26 };
}
