// The chosen mention: what it is, why it was found, and what to decide on it.

const VALUES = {
  mode: ["labelled", "behavioural", "displayed", "suggested"],
  status: ["affirmed", "negated", "hypothetical"],
  intensity: ["low", "medium", "high"],
  time: ["past", "present", "future", "habitual"],
};
const FLAGS = ["question", "wish"];
const ROLES = ["experiencer", "cause", "target", "consequence"];

function drawDetail() {
  const mention = chosen();
  const box = $("detail");
  $("choice").classList.toggle("open", Boolean(mention));
  if (!mention) return fill(box, el("p", { class: "hint" }, t("choose")));
  fill(
    box,
    el("p", { class: `named ${colour(mention.emotion)}` },
      el("span", { class: "chip" }, capital(label(mention.emotion))), " ",
      el("q", {}, short(cueOf(mention), 90)), " ",
      mention.state !== "open" && el("span", { class: `state is-${mention.state}` }, `${SIGNS[mention.state]} ${t(`state_${mention.state}`)}`)),
    el("p", { class: "hint" }, t("path", { path: lineage(mention.emotion).join(" › ") })),
    el("p", { class: "buttons" },
      button("accept", t("accept"), () => judge(mention, "accept"), { "aria-pressed": String(mention.state === "accepted"), "aria-keyshortcuts": "a" }),
      button("reject", t("reject"), () => judge(mention, "reject"), { "aria-pressed": String(mention.state === "rejected"), "aria-keyshortcuts": "r" }),
      button("emotion", t("change_emotion") + "…", () => changeEmotion(mention), { "aria-keyshortcuts": "e" })),
    el("div", { class: "fields" }, Object.keys(VALUES).map((name) => choice(name, mention))),
    el("p", { class: "flags" }, FLAGS.map((name) => flag(name, mention))),
    roleList(mention),
    why(mention),
    commentField(mention),
  );
}

function button(key, text, action, more) {
  return el("button", { type: "button", "data-key": key, on: { click: action }, ...more }, text);
}

function choice(name, mention) {
  const options = VALUES[name].map((value) => el("option", { value, selected: value === mention[name] }, t(`${name}_${value}`)));
  if (!mention[name]) options.unshift(el("option", { value: "", selected: true, disabled: true }, t("not_said")));
  const listener = (event) => judge(mention, "change", { [name]: event.target.value });
  return el("label", {}, el("span", {}, t(name)), el("select", { "data-key": name, on: { change: listener } }, options));
}

/** Whether the emotion is asked about, or wished for. */
function flag(name, mention) {
  const listener = (event) => judge(mention, "change", { [name]: event.target.checked });
  return el("label", {}, el("input", { type: "checkbox", "data-key": name, checked: Boolean(mention[name]), on: { change: listener } }), " ", t(name));
}

/** Turn round whether it is a question, or a wish. */
function turnFlag(name) {
  const mention = chosen();
  if (!mention) return tell(t("choose"));
  const value = !mention[name];
  judge(mention, "change", { [name]: value });
  tell(t("field_now", { field: t(name), value: t(value ? "yes" : "no") }));
}

/** The next value of mode, status, intensity or time. */
function turn(name) {
  const mention = chosen();
  if (!mention) return tell(t("choose"));
  const values = VALUES[name];
  const value = values[(values.indexOf(mention[name]) + 1) % values.length];
  judge(mention, "change", { [name]: value });
  tell(t("field_now", { field: t(name), value: t(`${name}_${value}`) }));
}

async function changeEmotion(mention) {
  const key = await askEmotion(mention.emotion);
  if (key && key !== mention.emotion) judge(mention, "change", { emotion: key });
}

function roleList(mention) {
  const roles = view().rolesOf.get(mention.id) || [];
  const rows = roles.map((role) => {
    const said = short(words([role.span]), 60);
    const sign = SIGNS[role.state];
    return el("li", { class: `is-${role.state}` },
      el("span", { class: "letter", "aria-hidden": "true" }, t(`letter_${role.role}`)),
      el("span", { class: "said" }, `${t(`role_${role.role}`)} `, el("q", {}, said), sign && ` ${sign}`, sign && el("span", { class: "unseen" }, t(`state_${role.state}`)),
        el("small", { class: "note" }, reasonOf(role, mention))),
      person(role, said),
      el("span", { class: "pair" },
        button(`role-ok-${role.uid}`, "✓", () => judgeRole(role, "accept"), { "aria-label": t("accept_role", { what: said }), title: t("accept") }),
        button(`role-no-${role.uid}`, "✗", () => judgeRole(role, "reject"), { "aria-label": t("reject_role", { what: said }), title: t("reject") })));
  });
  return el("section", { class: "roles" }, el("h3", {}, t("roles")), rows.length ? el("ul", {}, rows) : el("p", { class: "hint" }, t("no_roles")));
}

function person(role, said) {
  const options = view().entities.map((entity) => el("option", { value: entity.id, selected: entity.id === role.entity }, short(entityLabel(entity), 24)));
  const none = el("option", { value: "", selected: !role.entity }, t("nobody"));
  const listener = (event) => judgeRole(role, "change", { entity: event.target.value || null });
  return el("select", { "aria-label": t("who_is", { what: said }), "data-key": `who-${role.uid}`, on: { change: listener } }, none, options);
}

function judgeRole(role, action, value) {
  const decision = { about: "role", action, was: wasRole(role) };
  if (value) decision.value = value;
  const what = t(`said_${action}`, { what: t("said_role", { what: t(`role_${role.role}`) }) });
  decideHere(decision, what, role.mention);
  tell(capital(what));
}

/** Why it was found; of an emotion that was changed, why the other was, which then stands before it. */
function why(mention) {
  const lines = [t("why_words", { cue: short(cueOf(mention), 120) }), reason(mention.source)];
  const found = mention.found || mention.emotion;
  const alone = record(state.open).alone[mention.id];
  if (found !== mention.emotion && mention.source) lines.unshift(t("why_found", { emotion: label(found) }));
  if (alone) lines.push(t("why_around", { alone: label(alone), emotion: label(found) }));
  if (mention.source.startsWith("rule:") || mention.source.startsWith("model:"))
    lines.push(t("sure", { words: t(`sure_${sureness(mention.confidence)}`), n: Math.round(mention.confidence * 100) }));
  if (mention.review && mention.review.reviewer) lines.push(t("why_reviewed", { who: mention.review.reviewer }));
  return el("section", { class: "why" }, el("h3", {}, t("why")), lines.map((line) => el("p", {}, line)));
}

/** Why a role was found, and how sure that is; the reason only where it is not that of its mention. */
function reasonOf(role, mention) {
  const said = reason(role.source);
  const same = role.source && role.source === mention.source;
  if (same && typeof role.confidence === "number") return `${t(`sure_${sureness(role.confidence)}`)}.`;
  return typeof role.confidence === "number" && role.source ? t("role_why", { sure: t(`sure_${sureness(role.confidence)}`), reason: said }) : said;
}

/** Why, in plain words, from a source of the format. */
function reason(source) {
  if (!source) return t("why_you");
  const name = source.slice(source.indexOf(":") + 1);
  if (source.startsWith("model:")) return t("why_model", { model: name });
  if (source.startsWith("review:")) return t("why_review", { who: name });
  return settings.rules[source] || t("why_rule_plain", { rule: name });
}

/** From which confidence on each of four words is said. */
const FLOORS = { high: 0.9, medium: 0.75, low: 0.6, lowest: 0 };

/** Confidence as one of these words. */
function sureness(confidence) {
  return Object.keys(FLOORS).find((word) => confidence >= FLOORS[word]) || "lowest";
}

function commentField(mention) {
  const listener = (event) => {
    const comment = event.target.value.trim();
    if (comment) decideHere({ about: "mention", action: "comment", was: wasMention(mention), comment }, t("said_comment"), mention.id);
  };
  const last = mention.comments[mention.comments.length - 1] || "";
  return el("label", { class: "comment" }, el("span", {}, t("comment_mention")),
    el("textarea", { rows: 2, maxlength: 10000, "data-key": "comment", value: last, on: { change: listener } }));
}
