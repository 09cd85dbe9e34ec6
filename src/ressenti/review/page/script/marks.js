// The account with its marks: one element for each stretch between two boundaries, so that marks may overlap.

let segments = [];
let drawn = null;

/** Lay out the account of the open narrative; elements that stay as they are stay. */
function drawText() {
  const at = view();
  const points = record(state.open).points;
  const marks = [];
  for (const mention of at.mentions)
    mention.cue.forEach(([start, end], piece) => marks.push({ start, end, mention, last: piece === mention.cue.length - 1 }));
  const seen = new Set();
  for (const role of at.roles) {
    const mention = at.byId.get(role.mention);
    if (!mention || role.state === "rejected" || mention.state === "rejected") continue;
    const key = `${role.role} ${role.span}`;
    marks.push({ start: role.span[0], end: role.span[1], role, shown: !seen.has(key) });
    seen.add(key);
  }
  const cuts = new Set([0, points.length]);
  const begins = new Map();
  for (const mark of marks) {
    cuts.add(mark.start).add(mark.end);
    begins.set(mark.start, [...(begins.get(mark.start) || []), mark]);
  }
  const edges = [...cuts].sort((one, other) => one - other);
  let open = [];
  const next = [];
  for (let number = 0; number + 1 < edges.length; number += 1) {
    const [start, end] = [edges[number], edges[number + 1]];
    open = open.filter((mark) => mark.end > start).concat(begins.get(start) || []);
    next.push(segment(start, end, open));
  }
  place(next, points);
  lightText();
}

/** Put stretches in the place of those that are shown: only what differs is touched, for a long account has thousands. */
function place(next, points) {
  const before = drawn === record(state.open) ? segments : [];
  const same = (one, other) => one && other && one.start === other.start && one.end === other.end;
  let head = 0;
  while (same(before[head], next[head])) head += 1;
  let tail = 0;
  while (tail < Math.min(before.length, next.length) - head && same(before[before.length - 1 - tail], next[next.length - 1 - tail])) tail += 1;
  const keep = (old, fresh) => {
    fresh.node = old.node;
    if (old.looks !== fresh.looks) dress(fresh);
  };
  for (let at = 0; at < head; at += 1) keep(before[at], next[at]);
  for (let at = 1; at <= tail; at += 1) keep(before[before.length - at], next[next.length - at]);
  const fresh = next.slice(head, next.length - tail);
  for (const one of fresh) {
    one.node = el("span", { "data-start": one.start }, points.slice(one.start, one.end).join(""));
    dress(one);
  }
  if (!head && !tail) $("text").replaceChildren(...fresh.map(({ node }) => node));
  else {
    before.slice(head, before.length - tail).forEach(({ node }) => node.remove());
    const after = tail ? next[next.length - tail].node : null;
    for (const { node } of fresh) $("text").insertBefore(node, after);
  }
  segments = next;
  drawn = record(state.open);
}

/** Give the element of a stretch its looks. */
function dress({ node, look }) {
  node.className = look.name;
  node.title = look.title;
  for (const key of ["label", "open", "close"]) {
    if (look[key]) node.dataset[key] = look[key];
    else delete node.dataset[key];
  }
}

function segment(start, end, open) {
  const cues = open.filter((mark) => mark.mention);
  const roles = open.filter((mark) => mark.role);
  const look = { name: "", title: "", label: "", open: "", close: "" };
  if (cues.length) {
    const inner = cues.reduce((best, mark) => (mark.end - mark.start < best.end - best.start ? mark : best));
    const { mention } = inner;
    look.name = `cue ${colour(mention.emotion)} ${mention.status} is-${mention.state}${cues.length > 1 ? " nested" : ""}`;
    look.title = cues.map((mark) => capital(label(mark.mention.emotion))).join(" · ");
    const ends = cues.filter((mark) => mark.end === end && mark.last);
    if (ends.length) look.label = ends.map((mark) => SIGNS[mark.mention.state] + label(mark.mention.emotion)).join(" · ");
  }
  if (roles.length) {
    look.name += " role";
    const letters = (marks) => [...new Set(marks.map((mark) => t(`letter_${mark.role.role}`)))].join("");
    const [begin, close] = [roles.filter((m) => m.shown && m.start === start), roles.filter((m) => m.shown && m.end === end)];
    if (begin.length) look.open = letters(begin) + "[".repeat(begin.length);
    if (close.length) look.close = "]".repeat(close.length);
    if (!cues.length) look.title = [...new Set(roles.map((mark) => t(`role_${mark.role.role}`)))].join(" · ");
  }
  const mentions = cues.sort((one, other) => one.end - one.start - (other.end - other.start)).map((mark) => mark.mention.id);
  const about = [...new Set([...mentions, ...roles.map((mark) => mark.role.mention)])];
  return { start, end, look, looks: Object.values(look).join("\u0000"), cues: new Set(mentions), roles, about };
}

/** Show which stretches belong to the chosen mention. */
function lightText() {
  const chosen = state.chosen;
  for (const { node, cues, roles } of segments) {
    node.classList.toggle("chosen", chosen !== null && cues.has(chosen));
    const mine = chosen === null ? null : roles.find((mark) => mark.role.mention === chosen);
    node.classList.toggle("mine", Boolean(mine));
  }
}

/** The segment at an offset. */
function segmentAt(offset) {
  let [low, high] = [0, segments.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return segments[low];
}

$("text").addEventListener("click", (event) => {
  if (!getSelection().isCollapsed) return;
  const node = event.target.closest("[data-start]");
  const found = node && segmentAt(Number(node.dataset.start));
  if (found && found.about.length) chooseAmong(found.about);
});
$("text").addEventListener("mouseover", (event) => {
  const node = event.target.closest("[data-start]");
  const over = new Set(node ? segmentAt(Number(node.dataset.start)).cues : []);
  for (const { node: other, cues } of segments) if (cues.size) other.classList.toggle("over", [...cues].some((id) => over.has(id)));
});
$("text").addEventListener("mouseleave", () => segments.forEach(({ node }) => node.classList.remove("over")));
