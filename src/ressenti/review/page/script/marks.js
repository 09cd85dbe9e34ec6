// The account with its marks: one element for each stretch between two boundaries, so that marks may overlap.

let segments = [];

/** Lay out the account of the open narrative anew. */
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
  segments = [];
  for (let number = 0; number + 1 < edges.length; number += 1) {
    const [start, end] = [edges[number], edges[number + 1]];
    open = open.filter((mark) => mark.end > start).concat(begins.get(start) || []);
    segments.push(segment(points.slice(start, end).join(""), start, end, open));
  }
  $("text").replaceChildren(...segments.map(({ node }) => node));
  lightText();
}

function segment(text, start, end, open) {
  const cues = open.filter((mark) => mark.mention);
  const roles = open.filter((mark) => mark.role);
  const node = el("span", { "data-start": start }, text);
  if (cues.length) {
    const inner = cues.reduce((best, mark) => (mark.end - mark.start < best.end - best.start ? mark : best));
    const { mention } = inner;
    node.className = `cue ${colour(mention.emotion)} ${mention.status} is-${mention.state}${cues.length > 1 ? " nested" : ""}`;
    node.title = cues.map((mark) => capital(label(mark.mention.emotion))).join(" · ");
    const ends = cues.filter((mark) => mark.end === end && mark.last);
    if (ends.length) node.dataset.label = ends.map((mark) => SIGNS[mark.mention.state] + label(mark.mention.emotion)).join(" · ");
  }
  if (roles.length) {
    node.classList.add("role");
    const letters = (marks) => [...new Set(marks.map((mark) => t(`letter_${mark.role.role}`)))].join("");
    const [begin, close] = [roles.filter((m) => m.shown && m.start === start), roles.filter((m) => m.shown && m.end === end)];
    if (begin.length) node.dataset.open = letters(begin) + "[".repeat(begin.length);
    if (close.length) node.dataset.close = "]".repeat(close.length);
    if (!cues.length) node.title = [...new Set(roles.map((mark) => t(`role_${mark.role.role}`)))].join(" · ");
  }
  const mentions = cues.sort((one, other) => one.end - one.start - (other.end - other.start)).map((mark) => mark.mention.id);
  const about = [...new Set([...mentions, ...roles.map((mark) => mark.role.mention)])];
  return { node, start, end, cues: new Set(mentions), roles, about };
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
