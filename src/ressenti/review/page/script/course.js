// Decisions in the course of the account: the line is worked out anew, as the picture of what was found has it, and its points are drawn.

/** Take in the picture of a trajectory as it was found. */
function readCourse(picture, number) {
  return { picture, told: picture.querySelector(".told"), spans: record(number).sentences, across: Number(picture.getAttribute("width")) };
}

/** One point a sentence of the narrator's course: its emotions, their mean, and the line. */
function courseOf(at, spans) {
  const { others, status, intensity, neutral, values } = look.course;
  const { mentions, roles } = standing(at);
  const called = charactersAt(at);
  const points = spans.map((span, number) => ({ sentence: number + 1, span, felt: [], affect: null, weight: 0, line: null }));
  for (const mention of mentions) {
    if (!points.length || !values[mention.emotion]) continue;
    const who = roles.filter((role) => role.mention === mention.id && role.role === "experiencer").map((role) => role.entity || called.get(spanKey(role.span)));
    const own = !who.length || who.includes("NARRATOR");
    const weight = sureOf(mention) * status[mention.status] * (own ? 1 : others);
    const moved = neutral.map((zero, axis) => Math.max(-1, Math.min(1, zero + intensity[mention.intensity] * (values[mention.emotion][axis] - zero))));
    const place_ = points.findLastIndex(({ span }) => span[0] <= mention.cue[0][0]);
    points[Math.max(0, place_)].felt.push({ mention, own, weight, affect: mention.status === "negated" ? neutral : moved });
  }
  for (const point of points) {
    const total = point.felt.reduce((sum, { weight }) => sum + weight, 0);
    if (!total) continue;
    point.weight = Math.min(1, total);
    point.affect = meanOf(point.felt.map(({ affect, weight }) => [affect, weight]));
  }
  smooth(points);
  return points;
}

/** What a coach has changed is as sure as what a coach has added. */
function sureOf(mention) {
  const found = record(state.open).narrative.mentions.find(({ id }) => id === mention.id);
  const keys = ["cue", "emotion", "mode", "status", "intensity", "time", "question", "wish"];
  const plain = (item) => JSON.stringify(keys.map((key) => item[key] || null));
  return found && plain(found) === plain(mention) ? mention.confidence : 1;
}

function meanOf(items) {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  return [0, 1].map((axis) => items.reduce((sum, [affect, weight]) => sum + affect[axis] * weight, 0) / total);
}

/** A kernel regression over the sentences, with the neutral point beside them. */
function smooth(points) {
  const { window: broad, pull, neutral } = look.course;
  const told = points.filter(({ affect }) => affect);
  if (!told.length) return;
  const deviation = broad / (2 * Math.sqrt(2 * Math.log(2)));
  for (const point of points) {
    const weighed = [[neutral, pull]];
    for (const other of told) {
      const away = other.sentence - point.sentence;
      if (Math.abs(away) <= 6 * deviation) weighed.push([other.affect, other.weight * Math.exp(-(away * away) / (2 * deviation * deviation))]);
    }
    point.line = meanOf(weighed);
  }
}

/** Draw the line, the points and their names anew. */
function drawCourse(course, at) {
  const { left, right, top, valence, arousal, between, size } = look.course.sizes;
  const points = courseOf(at, course.spans);
  const across = course.across - left - right;
  const step = across / Math.max(1, points.length);
  const x = (sentence) => left + (sentence - 0.5) * step;
  const heights = [(value) => top + (valence / 2) * (1 - value), (value) => top + valence + between + (arousal / 2) * (1 - value)];
  const marks = points.flatMap((point) => marksOf(point, x(point.sentence), step, heights));
  const paths = ["valence", "arousal"].map((name, axis) => {
    const run = points.filter(({ line }) => line).map((point) => [x(point.sentence), heights[axis](point.line[axis])]);
    if (!run.length) return [shape("text", { x: left + across / 2, y: heights[axis](0) - 8, "font-size": 12, fill: look.quiet, "text-anchor": "middle" }, look.course.texts.nothing)];
    const d = `M${run.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join("L")}${run.length === 1 ? "h0" : ""}`;
    const end = [left + across + 8, run[run.length - 1][1]];
    return [
      shape("path", { class: name, d, fill: "none", stroke: look.ink, "stroke-width": axis ? 1.9 : 2.4, "stroke-dasharray": axis ? "7 4" : null, "stroke-linejoin": "round", "stroke-linecap": "round" }),
      shape("text", { x: end[0], y: end[1] + 4, "font-size": size, fill: look.ink, "font-weight": "bold" }, look.course.texts[name]),
    ];
  });
  const dots = marks.map(pointShape);
  const named_ = namesOf(marks, points, { x, y: heights[0], left, right: left + across + right - 6, top, bottom: top + valence, size });
  course.told.replaceChildren(...paths.flat(), ...dots, ...named_, ...samplesOf(marks, left, heights[1](-1) + 42));
  const { colon, semicolon } = look.course.stops;
  const said = marks.map((mark) => `${look.course.texts.sentence} ${mark.sentence}${colon}${toldOf(mark)}`).join(semicolon);
  course.picture.querySelector("desc").textContent = `${said || look.course.texts.nothing}.`;
}

function marksOf(point, middle, step, [y, low]) {
  const { radius } = look.course.sizes;
  const shown = point.felt.filter(({ weight }) => weight);
  const apart = Math.min(2 * radius.high + 1, step / (shown.length || 1));
  return shown.map((felt, number) => ({
    ...felt, sentence: point.sentence, x: middle + (number - (shown.length - 1) / 2) * apart, y: y(felt.affect[0]), low: low(felt.affect[1]),
    radius: felt.own ? radius[felt.mention.intensity] : 3.4, colours: coloursOf(felt.mention.emotion),
  }));
}

function coloursOf(emotion) {
  return look.colours[emotions.get(emotion).primary];
}

/** An emotion in full: what, how strong, whether it is denied, whether it is somebody else's. */
function toldOf({ mention, own }) {
  const notes = own ? [] : [look.course.texts.other];
  if (mention.intensity !== "medium") notes.push(look.values[mention.intensity]);
  if (mention.status !== "affirmed") notes.push(look.values[mention.status]);
  return label(mention.emotion) + (notes.length ? ` (${notes.join(", ")})` : "");
}

function pointShape(mark) {
  const said = `${mark.sentence} — ${toldOf(mark)}`;
  return shape("g", pressed(said, [mark.mention.id], { class: "drawn" }), shape("title", {}, said), dot(mark, mark.y),
    shape("g", { opacity: "0.85" }, dot(mark, mark.low, 0.62)));
}

/** A disc, an open ring where only imagined, a crossed ring where denied, a lozenge where another's. */
function dot({ mention, own, x, radius, colours }, y, scale = 1, ink = null) {
  const line = ink || colours.ink;
  const size = radius * scale;
  if (!own) {
    const r = (size * 1.25).toFixed(1);
    return [shape("path", { d: `M${x.toFixed(1)} ${(y - r).toFixed(1)}l${r} ${r}l-${r} ${r}l-${r} -${r}z`, fill: look.paper, stroke: line })];
  }
  const disc = shape("circle", { cx: x, cy: y, r: size, fill: mention.status === "affirmed" ? ink || colours.fill : look.paper, stroke: line, "stroke-width": 1.4 });
  if (mention.status !== "negated") return [disc];
  const r = size * 0.7;
  const d = `M${(x - r).toFixed(1)} ${(y - r).toFixed(1)}l${(2 * r).toFixed(1)} ${(2 * r).toFixed(1)}m0 ${(-2 * r).toFixed(1)}l${(-2 * r).toFixed(1)} ${(2 * r).toFixed(1)}`;
  return [disc, shape("path", { d, stroke: line, "stroke-width": 1.4 })];
}

/** The narrator's own emotions by name, where there is room. */
function namesOf(marks, points, { x, y, left, right, top, bottom, size }) {
  const taken = marks.map((mark) => ({ x: mark.x, y: mark.y, w: 2 * mark.radius, h: 2 * mark.radius }));
  const run = points.filter(({ line }) => line).map((point) => [x(point.sentence), y(point.line[0])]);
  if (run.length) {
    const wide = widthOf(look.course.texts.valence, size, true);
    taken.push({ x: right - 88 + wide / 2, y: run[run.length - 1][1], w: wide, h: 15 });
  }
  const along = run.flatMap(([a, b], number) => (run[number + 1] ? [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875].map((share) => [a + (run[number + 1][0] - a) * share, b + (run[number + 1][1] - b) * share]) : [[a, b]]));
  const alike = new Map();
  for (const mark of marks.filter(({ own }) => own)) {
    const key = `${mark.sentence} ${mark.mention.emotion} ${mark.mention.status}`;
    alike.set(key, [...(alike.get(key) || []), mark]);
  }
  return [...alike.values()].flatMap((several) => {
    const mark = several[several.length - 1];
    let text = label(mark.mention.emotion) + (several.length > 1 ? ` ×${several.length}` : "");
    if (mark.mention.status !== "affirmed") text += ` (${look.values[mark.mention.status]})`;
    const box = roomBeside(mark, widthOf(text, size) * 0.92, taken, along, { left, right, top: top - 8, bottom: bottom + 8 });
    if (!box) return [];
    taken.push(box);
    const halo = { "paint-order": "stroke", stroke: look.paper, "stroke-width": 3, "stroke-linejoin": "round", "text-anchor": "middle" };
    const lead = Math.abs(box.y - mark.y) > 24 && shape("path", { d: `M${mark.x.toFixed(1)} ${mark.y.toFixed(1)}L${box.x.toFixed(1)} ${(box.y + (box.y < mark.y ? 7 : -9)).toFixed(1)}`, stroke: mark.colours.ink, "stroke-width": 0.8 });
    return [lead, shape("text", { x: box.x, y: box.y + 4.2, "font-size": size, fill: mark.colours.ink, ...halo }, text)].filter(Boolean);
  });
}

/** Right, left, above or below a point: where a name covers nothing, and the line least. */
function roomBeside(mark, wide, taken, along, sides) {
  let best = null;
  for (const further of [0, 15, 30, 45])
    [[1, 0], [-1, 0], [0, -1], [0, 1]].forEach(([right, down], number) => {
      for (const aside of down ? [0, -0.35, 0.35] : [0]) {
        const box = { x: mark.x + right * (wide / 2 + mark.radius + 5) + aside * wide, y: mark.y + down * (mark.radius + 10 + further), w: wide, h: 14 };
        const inside = box.x - wide / 2 >= sides.left && box.x + wide / 2 <= sides.right && box.y >= sides.top && box.y <= sides.bottom;
        if (!inside || taken.some((other) => overlaps(box, other, 1.5))) continue;
        const crossed = along.filter(([a, b]) => overlaps(box, { x: a, y: b, w: 0, h: 0 })).length;
        const cost = 10 * crossed + further + number + Math.abs(aside) * 3;
        if (!best || cost < best.cost) best = { box, cost };
      }
    });
  return best && best.box;
}

/** What the shapes mean, where other than discs occur. */
function samplesOf(marks, left, y) {
  const kindOf = (mark) => (mark.own ? mark.mention.status : "other");
  const kinds = ["affirmed", "hypothetical", "negated", "other"].filter((kind) => marks.some((mark) => kindOf(mark) === kind));
  if (kinds.join() === "affirmed") return [];
  let at = left;
  return kinds.flatMap((kind) => {
    const sample = marks.find((mark) => kindOf(mark) === kind);
    const text = kind === "other" ? look.course.texts.other : look.values[kind];
    const drawn_ = [...dot({ ...sample, x: at + 6 }, y - 4, 4.6 / sample.radius, look.ink), shape("text", { x: at + 17, y, "font-size": 11.5, fill: look.quiet }, text)];
    at += widthOf(text, 11.5) + 42;
    return drawn_;
  });
}
