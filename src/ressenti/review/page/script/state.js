// What was decided: for each narrative its decisions in order, and the steps that can be undone.

const state = {
  open: 0,
  chosen: null,
  filter: { emotion: "", role: "", sure: "", source: "", state: "" },
  narratives: settings.narratives.map(() => ({ decisions: [], comment: "", done: false })),
  foreign: [],
  steps: [],
  undone: [],
  saved: true,
  reviewer: settings.reviewer || "",
};
const listeners = [];

/** Be told when decisions change; `only` is the id of the one mention that they are about, or null. */
function onChange(listener) {
  listeners.push(listener);
}

function changed(only = null) {
  state.saved = false;
  for (const listener of listeners) listener(only);
}

/** Take decisions as one step: `items` are pairs of a narrative's number and a decision without its time. */
function decide(items, what, only = null) {
  const time = now();
  const step = { what, items: items.map(([number, decision]) => ({ number, decision: { time, ...decision } })) };
  if (!step.items.length) return;
  for (const { number, decision } of step.items) {
    state.narratives[number].decisions.push(decision);
    advance(number, decision);
  }
  for (const number of new Set(step.items.map((item) => item.number))) if (views.has(number)) finished(views.get(number));
  state.steps.push(step);
  state.undone = [];
  changed(only);
}

/** Take one decision on the open narrative. */
function decideHere(decision, what, only = null) {
  decide([[state.open, decision]], what, only);
}

/** Set the comment on the open narrative, or whether it is reviewed. */
function setHere(field, after, what) {
  const before = state.narratives[state.open][field];
  if (before === after) return;
  const step = { what, items: [{ number: state.open, field, before, after }] };
  state.narratives[state.open][field] = after;
  state.steps.push(step);
  state.undone = [];
  changed(null);
}

/** The one mention of the open narrative that a step is about, or null. */
function about({ items }) {
  const [{ number, decision }] = items;
  if (!decision) return null;
  const one = items.length === 1 && number === state.open && decision.action !== "add" && (decision.about === "mention" || decision.about === "role");
  const mention = one ? meant(view().byId, decision.was) : null;
  return mention && mention.id;
}

/** Show what a step that was undone or redone is about, in another narrative too. */
function show(step) {
  const [{ number }] = step.items;
  if (number !== state.open && step.items.every((item) => item.number === number)) openNarrative(number);
  changed(about(step));
}

function undo() {
  const step = state.steps.pop();
  if (!step) return tell(t("nothing_to_undo"));
  for (const { number, decision, field, before } of step.items) {
    const narrative = state.narratives[number];
    if (decision) narrative.decisions.splice(narrative.decisions.lastIndexOf(decision), 1);
    else narrative[field] = before;
    views.delete(number);
  }
  state.undone.push(step);
  show(step);
  tell(t("undone", { what: step.what }));
}

function redo() {
  const step = state.undone.pop();
  if (!step) return tell(t("nothing_to_redo"));
  for (const { number, decision, field, after } of step.items) {
    if (decision) state.narratives[number].decisions.push(decision);
    else state.narratives[number][field] = after;
    views.delete(number);
  }
  state.steps.push(step);
  show(step);
  tell(t("redone", { what: step.what }));
}

/** Say something to who looks and to who listens. */
function tell(text) {
  $("status").textContent = text;
}
