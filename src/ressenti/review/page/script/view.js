// A narrative as the decisions left it: what was found, with each decision done in turn.

const views = new Map();
const sameSpan = (one, other) => one[0] === other[0] && one[1] === other[1];

/** The narrative as it stands: mentions, roles, entities and components, each with `state`. */
function view(number = state.open) {
  let found = views.get(number);
  if (!found) {
    found = replay(record(number).narrative, state.narratives[number].decisions);
    views.set(number, found);
  }
  return found;
}

/** `lost` counts the decisions on what is not marked here. */
function replay(base, decisions) {
  const fresh = (item) => ({ ...item, state: "open", comments: [] });
  const at = {
    mentions: base.mentions.map(fresh), roles: base.roles.map(fresh), entities: base.entities.map(fresh),
    components: base.components.map(fresh), lost: 0,
  };
  for (const mention of at.mentions) {
    mention.found = mention.emotion;
    const was = mention.review && mention.review.was; // in marks into which decisions were put already
    mention.keys = [...(was ? [mentionKey({ ...mention, ...was })] : []), mentionKey(mention)];
  }
  at.byId = new Map(at.mentions.map((mention) => [mention.id, mention]));
  for (const decision of decisions) if (!steps[decision.about](at, decision, at.byId)) at.lost += 1;
  return finished(at);
}

/** Do one more decision on a narrative as it stands. */
function advance(number, decision) {
  const at = views.get(number);
  if (at) steps[decision.about](at, decision, at.byId);
}

function finished(at) {
  at.roles.forEach((role, number) => (role.uid = number));
  at.rolesOf = grouped(at.roles);
  return at;
}

function grouped(roles) {
  const found = new Map();
  for (const role of roles) {
    if (found.has(role.mention)) found.get(role.mention).push(role);
    else found.set(role.mention, [role]);
  }
  return found;
}

/** What a mention is known by: its words and its emotion. */
function mentionKey({ cue, emotion }) {
  return JSON.stringify([cue, emotion]);
}

/**
 * The mention that a decision means, as it was found, as it was since, or as it is. Its number says only which of several that is: another
 * vocabulary numbers them otherwise.
 */
function meant(byId, named_) {
  const key = mentionKey(named_);
  const numbered = byId.get(named_.mention);
  if (numbered && numbered.keys.includes(key)) return numbered;
  const found = [...byId.values()].filter(({ keys }) => keys.includes(key));
  return found.find(({ keys }) => keys[keys.length - 1] === key) || found.pop() || null;
}

/** Each does a decision, and says whether what it is about is there; what is added and is there already is that. */
const steps = {
  mention(at, { action, was, value, comment }, byId) {
    const mention = meant(byId, action === "add" ? value : was);
    if (action === "add" && !mention) {
      const id = value.mention && !byId.has(value.mention) ? value.mention : Math.max(0, ...byId.keys()) + 1;
      const added = { status: "affirmed", intensity: "medium", confidence: 1, source: "", ...value, id };
      byId.set(added.id, { ...added, keys: [mentionKey(added)], state: "added", comments: [] });
      at.mentions.push(byId.get(added.id));
      at.mentions.sort((one, other) => one.cue[0][0] - other.cue[0][0] || one.id - other.id);
      return true;
    }
    if (!mention) return false;
    const { mention: number, ...values } = value || {};
    apply(mention, action, values, comment);
    const key = mentionKey(mention);
    mention.keys = [...mention.keys.filter((one) => one !== key), key];
    return true;
  },
  role(at, { action, was, value, comment }, byId) {
    const named_ = action === "add" ? value : was;
    const mention = meant(byId, named_);
    if (!mention) return false;
    const role = at.roles.find((one) => one.mention === mention.id && one.role === named_.role && sameSpan(one.span, named_.span));
    const of = (role && value && value.cue && meant(byId, value)) || mention;
    if (role) apply(role, action, { ...value, mention: of.id }, comment);
    else if (action === "add") at.roles.push({ confidence: 1, source: "", entity: null, ...value, mention: mention.id, state: "added", comments: [] });
    return Boolean(role) || action === "add";
  },
  component(at, { action, was, value, comment }) {
    const named_ = action === "add" ? value : was;
    const component = at.components.find((item) => item.component === named_.component && sameSpan(item.span, named_.span));
    if (component) apply(component, action, value, comment);
    else if (action === "add") {
      at.components.push({ source: "", ...value, state: "added", comments: [] });
      at.components.sort((one, other) => one.span[0] - other.span[0]);
    }
    return Boolean(component) || action === "add";
  },
  entity(at, { action, was, value, comment }) {
    if (action === "add") return Boolean(at.entities.push({ ...value, label: value.label || "", state: "added", comments: [] }));
    const entity = at.entities.find((item) => item.id === was.entity);
    if (!entity) return false;
    if (action === "join") {
      const other = at.entities.find((item) => item.id === value.entity);
      if (!other || other === entity) return false;
      other.mentions = [...other.mentions, ...entity.mentions].sort((one, next) => one[0] - next[0]);
      other.state = "changed";
      at.entities.splice(at.entities.indexOf(entity), 1);
      for (const role of at.roles) if (role.entity === entity.id) role.entity = other.id;
    } else if (action === "split") {
      const leaves = (span) => value.mentions.some((gone) => sameSpan(gone, span));
      entity.mentions = entity.mentions.filter((span) => !leaves(span));
      entity.state = "changed";
      at.entities.push({ id: value.entity, label: value.label || "", mentions: value.mentions, state: "added", comments: [] });
      const inside = (role, spans) => spans.some(([start, end]) => start < role.span[1] && role.span[0] < end);
      for (const role of at.roles)
        if (role.entity === entity.id && inside(role, value.mentions) && !inside(role, entity.mentions)) role.entity = value.entity;
    } else apply(entity, action, value, comment);
    return true;
  },
};

/** The share of two lists of spans that is in both. */
function share(spans, others) {
  const both = spans.filter((span) => others.some((other) => sameSpan(span, other))).length;
  return both && both / (spans.length + others.length - both);
}

/** The decisions of a file on a narrative with the numbers that its characters have here: they are known by the places that name them. */
function withOwnNumbers({ decisions, entities }, { entities: own }) {
  const spansOf = new Map(Object.entries(entities || {}));
  const made = new Set(); // by the decisions themselves
  for (const { about: of, action, was, value } of decisions) {
    if (of === "entity" && (action === "add" || action === "split")) made.add(value.entity);
    for (const part of [was, value]) if (part && part.entity && part.mentions && !spansOf.has(part.entity)) spansOf.set(part.entity, part.mentions);
  }
  const used = new Set([...spansOf.keys(), ...own.map(({ id }) => id)]);
  const free = () => {
    let number = 1;
    while (used.has(`E${number}`)) number += 1;
    used.add(`E${number}`);
    return `E${number}`;
  };
  const numbers = new Map();
  for (const [id, spans] of spansOf) {
    if (id === "NARRATOR" || !spans.length) continue;
    const alike = made.has(id) ? [] : own.map((entity) => [share(spans, entity.mentions), entity.id]).filter(([how]) => how);
    const [best] = alike.sort(([one], [other]) => other - one);
    numbers.set(id, best ? best[1] : own.some((entity) => entity.id === id) ? free() : id);
  }
  if ([...numbers].every(([id, number]) => id === number)) return decisions;
  const renumbered = (part) => (part && numbers.has(part.entity) ? { ...part, entity: numbers.get(part.entity) } : part);
  return decisions.map((decision) => {
    const [was, value] = [renumbered(decision.was), renumbered(decision.value)];
    return { ...decision, ...(was && { was }), ...(value && { value }) };
  });
}

const NEEDS = new Map([["mention", ["cue", "emotion"]], ["role", ["role", "span"]], ["component", ["component", "span"]], ["entity", ["entity", "mentions"]]]);

/** Whether the decisions of a file on a narrative can be done on a text of this length. */
function soundly({ decisions, entities }, length) {
  const span = (one) => Array.isArray(one) && one.length === 2 && one.every(Number.isInteger) && one[0] >= 0 && one[0] < one[1] && one[1] <= length;
  const spans = (several, least) => Array.isArray(several) && several.length >= least && several.every(span);
  return Object.values(entities || {}).every((places) => spans(places, 0)) && decisions.every((decision) => sound(decision, span, spans));
}

function sound(decision, span, spans) {
  const rightly = (part) => part === undefined || part === null || (typeof part === "object"
    && (part.span === undefined || span(part.span)) && (part.cue === undefined || spans(part.cue, 1)) && (part.mentions === undefined || spans(part.mentions, 0)));
  const { about, action, was, value } = decision || {};
  const needs = NEEDS.get(about);
  const whole = (part) => Boolean(part) && needs.every((key) => part[key] !== undefined);
  if (!needs || !rightly(was) || !rightly(value)) return false;
  if (action === "add") return whole(value);
  return whole(was) && (action === "join" || action === "split" ? whole(value) : action !== "change" || Boolean(value));
}

function apply(item, action, value, comment) {
  if (comment) item.comments.push(comment);
  if (action === "accept") item.state = "accepted";
  if (action === "reject") item.state = "rejected";
  if (action === "change") Object.assign(item, value, { state: "changed" });
  if (action === "add") Object.assign(item, value, { state: "added" });
}

/** What a decision says of a mention, as it stands. */
function wasMention(mention) {
  const { id, cue, emotion, mode, status, intensity, source, confidence } = mention;
  const was = { mention: id, cue, emotion, mode, status, intensity };
  for (const key of ["time", "question", "wish"]) if (mention[key] !== undefined && mention[key] !== null) was[key] = mention[key];
  return source ? { ...was, source, confidence } : was;
}

/** What a decision says of a role, as it stands. */
function wasRole(role, number = state.open) {
  const mention = view(number).byId.get(role.mention);
  const was = { mention: mention.id, cue: mention.cue, emotion: mention.emotion, role: role.role, span: role.span, entity: role.entity ?? null };
  if (!role.source) return was;
  return typeof role.confidence === "number" ? { ...was, source: role.source, confidence: role.confidence } : { ...was, source: role.source };
}

function wasComponent({ component, span, source }) {
  return source ? { component, span, source } : { component, span };
}

/** A character without the account's words: its spans say whom it means. */
function wasEntity({ id, mentions }) {
  return { entity: id, mentions };
}

/** What a character is called: as the coach says, else as the account first names it. */
function entityLabel(entity) {
  return entity.label || (entity.mentions.length ? short(words([entity.mentions[0]]), 40) : t("new_person"));
}

const SIGNS = { open: "", accepted: "✓", rejected: "✗", changed: "✎", added: "✎" };
