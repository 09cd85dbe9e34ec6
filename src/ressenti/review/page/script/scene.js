// Who feels what, as the decisions left it: the boxes and lines of the graph, as the picture of what was found has them.

const OF_ROLE = { cause: "causes", target: "directed at", consequence: "leads to" };
const RANK = ["low", "medium", "high"];
const SURE = ["affirmed", "hypothetical", "negated"];
const onOneLine = (text) => text.replace(/[ \n]+/g, " ").replace(/^ | $/g, "");
const spanKey = ([start, end]) => `${start}-${end}`;
const within = ([start, end], [from, to]) => from <= start && end <= to;

/** The mentions that stand, in reading order, and their roles. */
function standing(at) {
  const mentions = at.mentions.filter(({ state: now_ }) => now_ !== "rejected")
    .sort((one, other) => one.cue[0][0] - other.cue[0][0] || one.cue[0][1] - other.cue[0][1]);
  const ids = new Set(mentions.map(({ id }) => id));
  return { mentions, roles: at.roles.filter((role) => ids.has(role.mention) && role.state !== "rejected") };
}

/** The character that stands at a span, for roles that name none. */
function charactersAt(at) {
  return new Map(at.entities.flatMap((entity) => entity.mentions.map((span) => [spanKey(span), entity.id])));
}

/** What two say of one emotion, each with a status and an intensity: affirmed before imagined before denied; of what is so, the strongest. */
function together(one, other) {
  if (!one.status) return other;
  if (one.status === other.status) return RANK.indexOf(other.intensity) > RANK.indexOf(one.intensity) ? other : one;
  return SURE.indexOf(other.status) < SURE.indexOf(one.status) ? other : one;
}

/** Put into a box or a line what one more mention says. */
function takeIn(part, mention) {
  const { status, intensity } = together(part, mention);
  Object.assign(part, { status, intensity });
}

/** Boxes by id, and links, of a narrative as it stands. */
function sceneOf(at) {
  const { mentions, roles } = standing(at);
  const entities = new Map(at.entities.map((entity) => [entity.id, entity]));
  const called = charactersAt(at);
  const who = (role) => role.entity || called.get(spanKey(role.span)) || null;
  const rolesOf = grouped(roles);
  const nodes = new Map();
  const links = new Map();
  const used = new Map();
  const of = new Map();

  const put = (id, node) => {
    if (!nodes.has(id)) nodes.set(id, { id, spans: [], mentions: [], ...node });
    return id;
  };
  const character = (id) => {
    const entity = entities.get(id);
    return put(`character:${id}`, { kind: id === "NARRATOR" ? "narrator" : "character", label: entity ? nameOf(entity) || id : id, spans: entity ? entity.mentions : [] });
  };
  const link = (start, end, kind, mention, other = null) => {
    const ends = `${start}\n${end}`;
    let name = `${kind}:${mention.id}${other === null ? "" : `:${other}`}`;
    const names = used.get(ends) || used.set(ends, new Set()).get(ends);
    if (names.has(name)) name += `:${names.size}`;
    names.add(name);
    const key = `${ends}\n${kind}`;
    if (!links.has(key)) links.set(key, { start, end, kind, key, id: tokenOf(start, name, end), count: 0, mentions: [] });
    const found = links.get(key);
    found.count += 1;
    for (const id of [mention.id, other]) if (id !== null && !found.mentions.includes(id)) found.mentions.push(id);
    takeIn(found, mention);
  };
  const felt = (mention, experiencer) => {
    const owner = experiencer ? experiencer.replace(/^character:/, "") : "";
    const id = put(`emotion:${mention.emotion}:${owner}`, { kind: "emotion", emotion: mention.emotion, label: label(mention.emotion), owner: experiencer });
    nodes.get(id).spans.push(...mention.cue);
    if (!nodes.get(id).mentions.includes(mention.id)) nodes.get(id).mentions.push(mention.id);
    takeIn(nodes.get(id), mention);
    return id;
  };

  const named_ = new Set(roles.map(who));
  for (const { id } of at.entities) if (named_.has(id)) character(id);
  for (const role of roles) if (role.entity && !entities.has(role.entity)) character(role.entity);
  for (const mention of mentions) {
    const own = rolesOf.get(mention.id) || [];
    const here = [];
    for (const role of own.filter((one) => one.role === "experiencer")) {
      const id = who(role);
      const owner = id ? character(id) : put(`character:${spanKey(role.span)}`, { kind: "character", label: onOneLine(words([role.span])), spans: [role.span] });
      const node = felt(mention, owner);
      if (here.includes(node)) continue;
      here.push(node);
      link(owner, node, "feels", mention);
    }
    of.set(mention.id, here.length ? here : [felt(mention, null)]);
    for (const role of own.filter((one) => OF_ROLE[one.role])) {
      const id = who(role);
      const other = id ? character(id) : put(`event:${spanKey(role.span)}`, { kind: "event", label: onOneLine(words([role.span])), spans: [role.span] });
      for (const node of of.get(mention.id)) link(...(role.role === "cause" ? [other, node] : [node, other]), OF_ROLE[role.role], mention);
    }
  }
  for (const part of at.components.filter((one) => one.state !== "rejected"))
    for (const mention of mentions.filter((one) => one.cue.every((piece) => within(piece, part.span))))
      for (const node of of.get(mention.id)) link(node, `component:${part.component}`, "part of", mention);
  oneInAnother(mentions, rolesOf, of, link);
  inOrder(mentions, of, nodes, link);
  contraries(mentions, of, link);
  return dressed(nodes, inTurn(nodes, [...links.values()]));
}

/** Lines in the order in which they are told of: by where they begin, and then by where they end. */
function inTurn(nodes, links) {
  const starts = new Map([...nodes.keys()].map((id, number) => [id, number]));
  const ends = new Map();
  for (const { start, end } of links) if (!ends.has(`${start}\n${end}`)) ends.set(`${start}\n${end}`, ends.size);
  const turn = ({ start, end }) => ends.get(`${start}\n${end}`);
  return links.sort((one, other) => starts.get(one.start) - starts.get(other.start) || turn(one) - turn(other));
}

/** An emotion whose words stand in the cause or the consequence of another. */
function oneInAnother(mentions, rolesOf, of, link) {
  for (const mention of mentions)
    for (const role of (rolesOf.get(mention.id) || []).filter(({ role: kind }) => kind === "cause" || kind === "consequence"))
      for (const other of mentions.filter((one) => one !== mention && one.cue.every((piece) => within(piece, role.span))))
        for (const here of of.get(mention.id))
          for (const there of of.get(other.id).filter((node) => node !== here))
            link(...(role.role === "cause" ? [there, here] : [here, there]), OF_ROLE[role.role], mention, other.id);
}

/** What each character feels, in reading order. */
function inOrder(mentions, of, nodes, link) {
  const last = new Map();
  for (const mention of mentions.filter(({ status }) => status === "affirmed"))
    for (const node of of.get(mention.id)) {
      const { owner } = nodes.get(node);
      if (!owner) continue;
      const before = last.get(owner);
      if (before && before.node !== node) link(before.node, node, "before", before.mention, mention.id);
      last.set(owner, { mention, node });
    }
}

/** Contrary emotions that are told as felt together. */
function contraries(mentions, of, link) {
  const place_ = new Map(mentions.map(({ id }, number) => [id, number]));
  for (const mention of mentions)
    for (const id of mention.ambivalent_with || [])
      if (place_.get(id) > place_.get(mention.id))
        for (const here of of.get(mention.id)) for (const there of of.get(id).filter((node) => node !== here)) link(here, there, "opposes", mention, id);
}

/** Words, sizes and looks of boxes and lines; components, of which nothing is drawn, have said what belongs to them. */
function dressed(nodes, links) {
  for (const link of links) {
    link.label = look.edges[link.kind];
    if (link.kind !== "feels") continue;
    if (link.status !== "affirmed") link.label += ` (${look.values[link.status]})`;
    if (link.count > 1) link.label += ` × ${link.count}`;
  }
  const boxes = new Map();
  for (const node of nodes.values()) {
    const touching = links.filter(({ start, end }) => start === node.id || end === node.id);
    const box = { id: node.id, kind: node.kind, note: "", status: "affirmed", first: Math.min(...node.spans.map(([start]) => start)) };
    if (node.kind === "emotion") dressEmotion(box, node);
    else if (node.kind === "event") {
      const lines = wrapped(`«\u00a0${unquoted(node.label)}`, 12.5, 172, 3);
      lines.push(`${lines.pop()}\u00a0»`);
      Object.assign(box, { lines, w: Math.max(...lines.map((line) => widthOf(line, 12.5))) + 18, h: 16 * lines.length + 12 });
    } else {
      const teller = node.kind === "narrator";
      const size = teller ? 16 : 13.5;
      const lines = wrapped(node.label, size, 130, 2, true);
      Object.assign(box, { lines, w: Math.max(...lines.map((line) => widthOf(line, size, true))) + (teller ? 58 : 44), h: 18 * lines.length + (teller ? 30 : 20) });
    }
    const ids = node.kind === "emotion" ? node.mentions : [...new Set(touching.flatMap((link) => link.mentions))];
    box.mentions = ids.sort((one, other) => one - other);
    box.looks = JSON.stringify([box.lines, box.note, box.status, box.primary]);
    boxes.set(node.id, box);
  }
  const drawn_ = links.filter(({ start, end }) => boxes.has(start) && boxes.has(end));
  for (const link of drawn_) link.looks = JSON.stringify([link.label, link.status, link.intensity]);
  return { boxes, links: new Map(drawn_.map((link) => [link.key, link])) };
}

/** The words of an emotion, and how it is told: by its own mentions, whoever may be said to feel it. */
function dressEmotion(box, node) {
  const known = emotions.get(node.emotion);
  const primary = known ? settings.emotions.find((one) => one.tier === "primary" && one.primary === known.primary) : null;
  const beside = (primary && look.beside[primary.key]) || {};
  box.primary = primary ? primary.primary : 0;
  box.status = node.status;
  const notes = primary && primary.key !== node.emotion ? [primary.label] : [];
  for (const value of [node.status, node.intensity]) if (value !== "affirmed" && value !== "medium") notes.push(beside[value] || look.values[value]);
  box.note = notes.join(" · ");
  box.lines = wrapped(node.label, 15, 150, 2, true);
  box.w = Math.max(...box.lines.map((line) => widthOf(line, 15, true)), widthOf(box.note, 11), 30) + 34;
  box.h = 19 * box.lines.length + (box.note ? 14 : 0) + 15;
}

/** What a character is called in the picture: the narrator as the account agrees with it. */
function nameOf(entity) {
  if (entity.id === "NARRATOR" && look.narrators.includes(entity.label)) return look.kept.includes(entity.label) ? entity.label : look.values.narrator;
  return onOneLine(entityLabel(entity));
}

/** The id of the first edge of a line, as a name. */
function tokenOf(start, name, end) {
  const id = `${start}--${name.replaceAll(" ", "-")}--${end}`;
  return id.replace(/[^\w.\-:]|_(?=x[0-9A-F]{2,6}_)/gu, (char) => `_x${char.codePointAt(0).toString(16).toUpperCase().padStart(2, "0")}_`);
}

/** Words without the quotation marks around the whole; those within are made inner ones. */
function unquoted(text) {
  const inner = text.trim().replace(/«\s*/g, "“").replace(/\s*»/g, "”");
  const count = (mark) => inner.split(mark).length;
  const around = [-1, inner.length - 1].includes(inner.indexOf("”")) && [-1, 0].includes(inner.lastIndexOf("“"));
  return count("“") !== count("”") || around ? inner.replace(/^[“” \u00a0]+|[“” \u00a0]+$/g, "") : inner;
}
