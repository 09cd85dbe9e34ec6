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

function replay(base, decisions) {
  const fresh = (item) => ({ ...item, state: "open", comments: [] });
  const at = {
    mentions: base.mentions.map(fresh), roles: base.roles.map(fresh), entities: base.entities.map(fresh),
    components: base.components.map(fresh),
  };
  at.mentions.forEach((mention) => (mention.found = mention.emotion));
  at.byId = new Map(at.mentions.map((mention) => [mention.id, mention]));
  for (const decision of decisions) steps[decision.about](at, decision, at.byId);
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

const sameSpans = (one, other) => one.length === other.length && one.every((span, number) => sameSpan(span, other[number]));

/** The mention that a decision means: by its number, else by its words and its emotion. */
function meant(byId, { mention, cue, emotion }) {
  if (byId.has(mention)) return byId.get(mention);
  return [...byId.values()].find((one) => cue && one.emotion === emotion && sameSpans(one.cue, cue)) || null;
}

const steps = {
  mention(at, { action, was, value, comment }, byId) {
    if (action === "add") {
      const id = value.mention && !byId.has(value.mention) ? value.mention : Math.max(0, ...byId.keys()) + 1;
      const added = { status: "affirmed", intensity: "medium", confidence: 1, source: "", ...value, id };
      byId.set(added.id, { ...added, state: "added", comments: [] });
      at.mentions.push(byId.get(added.id));
      at.mentions.sort((one, other) => one.cue[0][0] - other.cue[0][0] || one.id - other.id);
      return;
    }
    const mention = meant(byId, was);
    if (mention) apply(mention, action, value, comment);
  },
  role(at, { action, was, value, comment }, byId) {
    const mention = meant(byId, action === "add" ? value : was);
    if (!mention) return;
    if (action === "add") {
      at.roles.push({ confidence: 1, source: "", entity: null, ...value, mention: mention.id, state: "added", comments: [] });
      return;
    }
    const same = (role) => role.mention === mention.id && role.role === was.role && sameSpan(role.span, was.span);
    const role = at.roles.find(same);
    if (role) apply(role, action, value, comment);
  },
  component(at, { action, was, value, comment }) {
    if (action === "add") {
      at.components.push({ source: "", ...value, state: "added", comments: [] });
      at.components.sort((one, other) => one.span[0] - other.span[0]);
      return;
    }
    const component = at.components.find((item) => item.component === was.component && sameSpan(item.span, was.span));
    if (component) apply(component, action, value, comment);
  },
  entity(at, { action, was, value, comment }) {
    if (action === "add") return void at.entities.push({ ...value, label: value.label || "", state: "added", comments: [] });
    const entity = at.entities.find((item) => item.id === was.entity);
    if (!entity) return;
    if (action === "join") {
      const other = at.entities.find((item) => item.id === value.entity);
      if (!other || other === entity) return;
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
  },
};

const NEEDS = new Map([["mention", ["cue", "emotion"]], ["role", ["role", "span"]], ["component", ["component", "span"]], ["entity", ["entity", "mentions"]]]);

/** Whether a decision from a file can be done on a text of this length. */
function sound(decision, length) {
  const span = (one) => Array.isArray(one) && one.length === 2 && one.every(Number.isInteger) && one[0] >= 0 && one[0] < one[1] && one[1] <= length;
  const spans = (several, least) => Array.isArray(several) && several.length >= least && several.every(span);
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
