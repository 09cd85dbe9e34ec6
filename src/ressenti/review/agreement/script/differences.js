// What differs in the open narrative, and what was decided on it: read from the decisions alone, so that undone and resumed ones count too.

const SIDES = ["one", "other", "neither"];
const AROUND = 110;
const NEAR = 30;
const MOST = 8;
const LONG = 360;
const bares = new WeakMap();
const answered = new Map();
let shownOf = -1;
let shown = [];
let current = 0;

/** A decision without what says when and by whom; worked out once, for a decision never changes. */
function bare(decision) {
  let found = bares.get(decision);
  if (!found) {
    const { about: on, action, was, value } = decision;
    found = JSON.stringify([on, action, was || null, value || null]);
    bares.set(decision, found);
  }
  return found;
}

/** Where a run of decisions stands last in a list; -1 where it does not. `places` has where each decision stands. */
function lastRun(list, places, run) {
  const from = places.get(run[0]) || [];
  for (let at = from.length - 1; at >= 0; at -= 1) if (run.every((one, number) => list[from[at] + number] === one)) return from[at];
  return -1;
}

/** What was decided last on each difference of a narrative: a side, and, where another emotion was chosen over it, that; or null. */
function answers(number = state.open) {
  const { decisions } = state.narratives[number];
  const before = answered.get(number);
  const last = decisions[decisions.length - 1];
  if (before && before.decisions === decisions && before.length === decisions.length && before.last === last) return before.found;
  const list = decisions.map(bare);
  const places = new Map();
  list.forEach((one, at) => (places.has(one) ? places.get(one).push(at) : places.set(one, [at])));
  const found = record(number).differences.map((difference) => answer(difference, decisions, list, places));
  answered.set(number, { decisions, length: decisions.length, last, found });
  return found;
}

/** The decisions that bring a side about: from what the two left, or from the other side. */
const runs = ({ decisions, instead }) => (instead ? [decisions, instead] : [decisions]);

function answer(difference, decisions, list, places) {
  let found = null;
  let latest = -1;
  for (const side of SIDES) {
    if (!difference[side]) continue;
    const [at, run] = runs(difference[side]).map((one) => one.map(bare)).map((one) => [lastRun(list, places, one), one])
      .reduce((best, one) => (one[0] > best[0] ? one : best), [-1, []]);
    if (at <= latest) continue;
    latest = at;
    const next = decisions[at + run.length];
    const named = difference[side].mention && next && next.action === "change" && Object.keys(next.value).join() === "emotion"
      && bare(next) === bare(otherEmotion(difference, side, next.value.emotion));
    found = { side, emotion: named ? next.value.emotion : null };
  }
  return found;
}

/** The decision that gives a mention, once it is as a side has it, another emotion. */
function otherEmotion(difference, side, emotion) {
  const [first] = difference[side].decisions;
  const { cue, emotion: before } = first.was || first.value;
  return { about: "mention", action: "change", was: { cue, emotion: before }, value: { emotion } };
}

/** Take a side in a difference of the open narrative, or another emotion than both; then go to the next that is open. */
function settle(number, side, emotion = null) {
  const difference = record(state.open).differences[number];
  if (!difference || !difference[side]) return;
  const before = answers()[number];
  const from = before && before.side !== side && difference[side].instead; // who is who hangs on what was decided before
  const decisions = before && before.side === side && difference[side].instead ? [] : [...(from || difference[side].decisions)];
  if (emotion) decisions.push(otherEmotion(difference, side, emotion));
  const who = side === "neither" ? t("agree_said_neither") : t("agree_said_one", { who: settings.extra.reviewers[side === "one" ? 0 : 1] });
  const what = emotion ? t("agree_other_chosen", { emotion: label(emotion) }) : who;
  const here = state.open;
  current = number;
  const { after } = settings.extra;
  const time = after && Date.parse(after) > Date.parse(now()) ? { time: after } : {}; // a clock that is wrong does not put it before theirs
  if (decisions.length) decide(decisions.map((decision) => [here, { ...decision, ...time }]), what);
  const left = answers(here).findIndex((one, at) => at > number && !one);
  const any = left >= 0 ? left : answers(here).findIndex((one) => !one);
  if (any >= 0) goTo(any);
  else {
    const next = settings.narratives.findIndex((item, at) => !state.narratives[at].done);
    if (next >= 0) openNarrative(next);
    else goTo(number);
  }
  tell(settings.narratives.every((item, at) => state.narratives[at].done) ? `${capital(what)}. ${t("agree_all_done")}` : capital(what));
}

async function settleOtherwise(number) {
  const difference = record(state.open).differences[number];
  if (difference.about !== "mention") return;
  const side = difference.one.mention ? "one" : "other";
  const key = await askEmotion(difference[side].mention.emotion);
  if (key) settle(number, side, key);
}

function goTo(number) {
  const { differences } = record(state.open);
  current = Math.min(Math.max(number, 0), differences.length - 1);
  const before = $("differences").querySelector(".current");
  const item = $("differences").children[current];
  if (before && before !== item) {
    before.classList.remove("current");
    before.removeAttribute("aria-current");
  }
  item.classList.add("current");
  item.setAttribute("aria-current", "true");
  item.scrollIntoView({ block: "nearest" });
}

/** Draw what differs; of the narrative that is shown only those on which something else is decided now. */
function drawDifferences() {
  const { differences } = record(state.open);
  if (shownOf !== state.open) {
    shownOf = state.open;
    shown = [];
    $("differences").replaceChildren(...differences.map((difference, number) =>
      el("li", { id: `difference-${number}`, on: { focusin: () => current !== number && goTo(number) } })));
  }
  const items = $("differences").children;
  answers().forEach((taken, number) => {
    const looks = JSON.stringify(taken);
    if (shown[number] === looks) return;
    shown[number] = looks;
    fill(items[number], card(differences[number], number, differences.length, taken));
  });
  goTo(current);
}

function card(difference, number, all, taken) {
  const title = t(`agree_about_${difference.about}`, { emotion: difference.of ? label(difference.of.emotion) : "" });
  const pressed = (side) => Boolean(taken) && taken.side === side && !taken.emotion;
  const sides = ["one", "other"].map((side, at) =>
    el("button", { type: "button", class: "side", "data-key": `${side}-${number}`, "aria-pressed": String(pressed(side)), on: { click: () => settle(number, side) } },
      el("kbd", {}, String(at + 1)), el("span", { class: "who" }, settings.extra.reviewers[at]), chosenBy(difference, side)));
  const other = taken && taken.emotion;
  const more = [
    difference.neither && el("button", { type: "button", "data-key": `neither-${number}`, "aria-pressed": String(pressed("neither")), on: { click: () => settle(number, "neither") } },
      el("kbd", {}, "3"), ` ${t(`agree_neither_${difference.about}`)}`),
    difference.about === "mention" && el("button", { type: "button", "data-key": `emotion-${number}`, "aria-pressed": String(Boolean(other)), on: { click: () => settleOtherwise(number) } },
      el("kbd", {}, "E"), ` ${other ? t("agree_other_chosen", { emotion: label(other) }) : t("agree_other")}`),
  ];
  return [
    el("h3", {}, title, el("span", { class: "hint" }, t("agree_number", { n: number + 1, all }))),
    difference.about === "entity" ? called(difference) : context(difference), el("div", { class: "sides" }, sides), more.some(Boolean) && el("p", { class: "rest" }, more),
  ];
}

/** What a reviewer chose: of what both have only where they differ. */
function chosenBy(difference, side) {
  const { mention, roles, component, characters } = difference[side];
  const against = difference[side === "one" ? "other" : "one"].mention;
  const lines = [];
  if (mention) {
    const differs = (name) => !against || JSON.stringify(against[name]) !== JSON.stringify(mention[name]);
    lines.push(el("span", { class: `chip ${colour(mention.emotion)}` }, capital(label(mention.emotion))));
    if (differs("cue")) lines.push(el("q", {}, short(words(mention.cue), 120)));
    const values = ["mode", "status", "intensity"].filter(differs).map((name) => t(`${name}_${mention[name]}`));
    if (values.length) lines.push(el("span", {}, values.join(" · ")));
  }
  for (const one of characters) lines.push(el("span", {}, el("strong", {}, short(one.narrator ? t("narrator") : one.label, 40)), ...namedBy(one)));
  for (const { role, span, entity } of roles) {
    const whose = entity === undefined ? "" : entity === null ? t("agree_nobody") : t("agree_whose", { label: short(entity, 40) });
    lines.push(el("span", {}, `${t(`role_${role}`)} `, el("q", {}, short(words([span]), 90)), whose && ` ${whose}`));
  }
  if (component) lines.push(el("strong", {}, t(`component_${component.component}`)), el("q", {}, short(words([component.span]), 160)));
  if (!lines.length) lines.push(el("span", { class: "none" }, t(`agree_nothing_${difference.about}`)));
  return el("span", { class: "what" }, lines);
}

/** A long stretch with its beginning and its end. */
function elided(text) {
  const points = [...text];
  return points.length > LONG ? `${points.slice(0, LONG / 2).join("")} […] ${points.slice(-LONG / 2).join("")}` : text;
}

/** The words by which the account names a character, each once. */
function namedBy({ mentions }) {
  const times = new Map();
  for (const span of mentions) {
    const said = short(words([span]), 40);
    times.set(said, (times.get(said) || 0) + 1);
  }
  const parts = [...times].map(([said, n]) => [el("q", {}, said), n > 1 ? ` ×\u202f${n}` : ""]);
  return parts.length ? [" — ", ...parts.flatMap((part, number) => (number ? [", ", ...part] : part))] : [];
}

/** The places of characters on whom the two differ, each with some words around it. */
function called({ spans }) {
  const { points } = record(state.open);
  const said = (from, to) => points.slice(Math.max(0, from), to).join("").replace(/\s+/gu, " ");
  const lines = spans.slice(0, MOST).map(([start, end]) => {
    const left = start > NEAR ? `… ${said(start - NEAR, start).replace(/^\S*\s/u, "")}` : said(0, start);
    const right = end + NEAR < points.length ? `${said(end, end + NEAR).replace(/\s\S*$/u, "")} …` : said(end, points.length);
    return el("li", {}, left, el("mark", {}, said(start, end)), right);
  });
  const more = spans.length - lines.length;
  return el("ul", { class: "context places", lang: "fr" }, lines, more > 0 && el("li", { class: "hint" }, t("agree_more_places", { n: more })));
}

/** The words that both are about, with what stands around them. */
function context({ spans, of }) {
  const { points } = record(state.open);
  const cue = of ? of.cue : [];
  const first = Math.min(...spans.map(([start]) => start));
  const last = Math.max(...spans.map(([, end]) => end));
  let from = Math.max(0, first - AROUND);
  let to = Math.min(points.length, last + AROUND);
  while (from > 0 && from < first && !/\s/u.test(points[from - 1])) from += 1;
  while (to < points.length && to > last && !/\s/u.test(points[to])) to -= 1;
  const edges = [...new Set([from, to, ...[...spans, ...cue].flat()])].filter((edge) => edge >= from && edge <= to).sort((one, other) => one - other);
  const inside = (list, at) => list.some(([start, end]) => start <= at && at < end);
  const parts = edges.slice(0, -1).map((start, number) => {
    const text = elided(points.slice(start, edges[number + 1]).join(""));
    if (inside(cue, start)) return el("u", { class: colour(of.emotion) }, text);
    return inside(spans, start) ? el("mark", {}, text) : text;
  });
  return el("p", { class: "context", lang: "fr" }, from > 0 && "…", parts, to < points.length && "…");
}
