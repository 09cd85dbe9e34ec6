// The account with its marks: one element for each stretch between two boundaries, so that marks may overlap.

let segments = [];
let blocks = [];
let parts = []; // the segments of each block
let drawn = null;
const LEAST_BLOCK = 1500;
const MOST_BLOCK = 4000;
const ENDLESS = 20000; // a line that is longer is cut too, and a sign says that it goes on: a browser would lay out all of it at each change

/** Where a long account is cut into blocks, of which a browser lays out only those in view: after lines, in endless lines after a sentence. */
function blockStarts(points) {
  const starts = [0];
  let end = -1;
  let endless = false;
  for (let at = 1; at < points.length; at += 1) {
    if (at > end) {
      const next = points.indexOf("\n", at);
      endless = (next < 0 ? points.length : next) - at > ENDLESS;
      end = next < 0 ? points.length : next;
    }
    const long = at - starts[starts.length - 1];
    if (long < LEAST_BLOCK || /\s/u.test(points[at]) || !/\s/u.test(points[at - 1])) continue;
    const line = points[at - 1] === "\n";
    const sentence = endless && long > MOST_BLOCK && /[.!?…»”"]/u.test(points[at - 2] || "");
    if (line || sentence || (endless && long > 2 * MOST_BLOCK)) starts.push(at);
  }
  return starts;
}

/** The elements of the blocks of an account, empty. */
function newBlocks(found) {
  const { starts, points } = found;
  return starts.map((start, number) => {
    const end = starts[number + 1] || points.length;
    const on = end < points.length && points[end - 1] !== "\n";
    const block = el("div", { class: `block${starts.length > 3 ? " apart" : ""}${on ? " goes-on" : ""}`, "data-start": start, "data-end": end });
    block.style.containIntrinsicBlockSize = `auto ${Math.ceil((end - start) / 60) * 2.3}em`;
    return block;
  });
}

/** Lay out the account of the open narrative, or, of a decision on one mention, the blocks that it stands in; elements that stay as they are stay. */
function drawText(only = null) {
  const at = view();
  const found = record(state.open);
  found.starts ||= blockStarts(found.points);
  if (drawn !== found) {
    blocks = newBlocks(found);
    parts = blocks.map(() => []);
    only = null;
  }
  const ends = [...found.starts.slice(1), found.points.length];
  const touched = only === null ? null : spansOf(only, at);
  found.starts.forEach((start, number) => {
    if (touched && !touched.some((span) => span[0] < ends[number] && start < span[1])) return;
    const next = stretches(at, start, ends[number]);
    place(blocks[number], parts[number], next, found.points);
    parts[number] = next;
  });
  if (drawn !== found) $("text").replaceChildren(...blocks);
  segments = parts.flat();
  drawn = found;
  lightText();
}

/** Where a mention stands, and where it stood when it was last drawn. */
function spansOf(id, at) {
  const before = segments.filter(({ about }) => about.includes(id)).map(({ start, end }) => [start, end]);
  return [...before, ...at.byId.get(id).cue, ...(at.rolesOf.get(id) || []).map((role) => role.span)];
}

/** The stretches from one boundary of a mark to the next, in a part of the account. */
function stretches(at, from, to) {
  const inside = ([start, end]) => start < to && from < end;
  const marks = [];
  for (const mention of at.mentions)
    mention.cue.forEach((span, piece) => inside(span) && marks.push({ start: span[0], end: span[1], mention, last: piece === mention.cue.length - 1 }));
  const seen = new Set();
  for (const role of at.roles) {
    if (role.state === "rejected" || !inside(role.span)) continue;
    const mention = at.byId.get(role.mention);
    if (!mention || mention.state === "rejected") continue;
    const key = `${role.role} ${role.span}`;
    marks.push({ start: role.span[0], end: role.span[1], role, shown: !seen.has(key) });
    seen.add(key);
  }
  const cuts = new Set([from, to]);
  const begins = new Map();
  for (const mark of marks) {
    const begin = Math.max(from, mark.start);
    cuts.add(begin).add(Math.min(to, mark.end));
    if (begins.has(begin)) begins.get(begin).push(mark);
    else begins.set(begin, [mark]);
  }
  const edges = [...cuts].sort((one, other) => one - other);
  let open = [];
  const made = [];
  for (let number = 0; number + 1 < edges.length; number += 1) {
    const [start, end] = [edges[number], edges[number + 1]];
    open = open.filter((mark) => mark.end > start).concat(begins.get(start) || []);
    made.push(segment(start, end, open));
  }
  return made;
}

/** Put stretches of a block in the place of those that are shown: only what differs is touched. */
function place(block, before, next, points) {
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
  before.slice(head, before.length - tail).forEach(({ node }) => node.remove());
  const after = tail ? next[next.length - tail].node : null;
  for (const { node } of fresh) block.insertBefore(node, after);
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
  for (const node of $("text").querySelectorAll(".chosen, .mine")) node.classList.remove("chosen", "mine");
  const { chosen } = state;
  if (chosen === null) return;
  for (const { node, cues, roles, about } of segments) {
    if (!about.includes(chosen)) continue;
    node.classList.toggle("chosen", cues.has(chosen));
    node.classList.toggle("mine", roles.some((mark) => mark.role.mention === chosen));
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
  const node = event.target.closest("span[data-start]");
  const found = node && segmentAt(Number(node.dataset.start));
  if (found && found.about.length) chooseAmong(found.about);
});

/** Light up all pieces of what is under the mouse. */
function hover(ids) {
  for (const node of $("text").querySelectorAll(".over")) node.classList.remove("over");
  if (ids.size) for (const { node, cues } of segments) if ([...cues].some((id) => ids.has(id))) node.classList.add("over");
}

$("text").addEventListener("mouseover", (event) => {
  const node = event.target.closest("span[data-start]");
  hover(node ? segmentAt(Number(node.dataset.start)).cues : new Set());
});
$("text").addEventListener("mouseleave", () => hover(new Set()));
