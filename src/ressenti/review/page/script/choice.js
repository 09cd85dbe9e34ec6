// The chosen mention: its marks, its part of the pictures and its row light up together.

/** Choose a mention of the open narrative, or none. */
function choose(id, { scroll = true, also = null } = {}) {
  if (id === null && $("choice").contains(document.activeElement)) $("text").focus({ preventScroll: true });
  state.chosen = id;
  $("choice").scrollTop = 0;
  lightText();
  lightPictures(also);
  lightList(scroll);
  drawDetail();
  if (id !== null) tell(named(chosen()));
  // the foot of the application's frame, over which the choice then stands, may be out of sight
  if (id !== null && inApp && getComputedStyle($("choice")).position === "fixed") frameElement.scrollIntoView({ block: "nearest" });
  if (id !== null && scroll) {
    const first = segments.find(({ cues }) => cues.has(id));
    if (first) first.node.scrollIntoView({ block: "nearest" });
  }
}

/** Choose one of several: the first, or, where one of them is chosen, the next. */
function chooseAmong(ids) {
  const known = ids.filter((id) => view().byId.has(id));
  if (!known.length) return tell(t("nowhere_else"));
  choose(known[(known.indexOf(state.chosen) + 1) % known.length], { also: known });
}

/** The mention that is chosen, as it stands. */
function chosen() {
  return state.chosen === null ? null : view().byId.get(state.chosen) || null;
}

/** Go to the next mention that the filters show, or the one before. */
function walk(by) {
  const shown = filtered();
  if (!shown.length) return;
  const at = shown.findIndex((mention) => mention.id === state.chosen);
  choose(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length].id);
}

/** A mention in words. */
function named(mention) {
  return t("of_mention", { emotion: capital(label(mention.emotion)), cue: short(cueOf(mention)) });
}

/** Decide on a mention: `action` is accept, reject or change. */
function judge(mention, action, value) {
  const decision = { about: "mention", action, was: wasMention(mention) };
  if (value) decision.value = value;
  const what = t(`said_${action}`, { what: capital(label((value && value.emotion) || mention.emotion)) });
  decideHere(decision, what, mention.id);
  tell(capital(what));
}
