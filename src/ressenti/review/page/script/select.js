// Words of the account chosen by mouse or by keyboard, and the menu of what they say.

let selected = null;
let caret = null;

/** Where a place of the page stands in the account, in code points; null outside of it. */
function offsetOf(node, index) {
  if (!$("text").contains(node)) return null;
  if (node.nodeType === Node.TEXT_NODE) return Number(node.parentElement.dataset.start) + pointsBefore(node.data, index);
  const child = node.childNodes[index];
  if (child && child.dataset) return Number(child.dataset.start); // before a block or a stretch
  if (node.dataset.end) return Number(node.dataset.end); // behind the last of a block
  if (node.dataset.start) return Number(node.dataset.start) + (index ? Array.from(node.textContent).length : 0);
  return record(state.open).points.length;
}

/** The span of the selection, without blanks at its ends; null where nothing of the account is selected. */
function selectedSpan() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let [start, end] = [offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset)];
  const inside = $("text").contains(range.startContainer) || $("text").contains(range.endContainer);
  if (!inside) return null;
  start ??= 0;
  end ??= record(state.open).points.length;
  const { points } = record(state.open);
  while (start < end && /\s/u.test(points[start])) start += 1;
  while (end > start && /\s/u.test(points[end - 1])) end -= 1;
  return start < end ? [start, end] : null;
}

/** Select a stretch of the account. */
function selectSpan([start, end]) {
  const place = (offset, before) => {
    const found = segmentAt(Math.max(0, before ? offset - 1 : offset));
    const text = found.node.firstChild;
    return [text, indexOfPoint(text.data, offset - found.start)];
  };
  const [from, to] = [place(start, false), place(end, true)];
  getSelection().setBaseAndExtent(from[0], from[1], to[0], to[1]);
  const focus = segmentAt(Math.max(0, end - 1)).node;
  focus.scrollIntoView({ block: "nearest" });
}

function openMenu(focus) {
  selected = selectedSpan();
  const menu = $("menu");
  if (!selected) return void (menu.hidden = true);
  const mention = chosen();
  const item = (key, text, action) => el("button", { type: "button", role: "menuitem", "data-what": key, on: { click: () => (closeMenu(), action()) } }, text);
  const span = selected;
  const roles = mention ? ROLES : [];
  menu.replaceChildren(
    el("p", { role: "presentation" }, t("menu", { words: short(words([span]), 40) })),
    item("mention", t("add_mention") + "…", () => addMention(span)),
    ...roles.map((role) => item(role, `${t(`letter_${role}`)} — ${t(`add_${role}`)} (${label(mention.emotion)})`, () => addRole(mention, role, span))),
    mention ? item("cue", t("add_cue"), () => judge(mention, "change", { cue: [span] })) : el("p", { class: "hint", role: "presentation" }, t("choose_first")),
    ...COMPONENTS.map((component) => item(component, t("add_component", { what: t(`component_${component}`) }), () => addComponent(component, span))),
  );
  menu.hidden = false;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = menu;
  const left = Math.min(Math.max(8, box.left), document.documentElement.clientWidth - wide - 8);
  const below = box.bottom + 6 + high < innerHeight ? box.bottom + 6 : Math.max(8, box.top - high - 6);
  menu.style.left = `${left + scrollX}px`;
  menu.style.top = `${below + scrollY}px`;
  if (focus) menu.querySelector("button").focus();
}

function closeMenu() {
  const had = $("menu").contains(document.activeElement);
  $("menu").hidden = true;
  if (had) $("text").focus({ preventScroll: true });
}

async function addMention(span) {
  const emotion = await askEmotion(null);
  if (!emotion) return;
  const used = [...view().byId.keys(), ...state.narratives[state.open].decisions.map(({ value }) => (value && value.mention) || 0)];
  const mention = Math.max(0, ...used) + 1;
  const what = t("said_add", { what: capital(label(emotion)) });
  const value = { mention, cue: [span], emotion, mode: "labelled", status: "affirmed", intensity: "medium" };
  decideHere({ about: "mention", action: "add", value }, what);
  choose(meant(view().byId, value).id); // it may have been there
  tell(capital(what));
}

function addRole(mention, role, span) {
  const inside = ([start, end]) => start < span[1] && span[0] < end;
  const entity = role === "experiencer" || role === "target" ? view().entities.find((one) => one.mentions.some(inside)) : null;
  const value = { mention: mention.id, cue: mention.cue, emotion: mention.emotion, role, span, entity: entity ? entity.id : null };
  const what = t("said_add", { what: t("said_role", { what: t(`role_${role}`) }) });
  decideHere({ about: "role", action: "add", value }, what, mention.id);
  tell(capital(what));
}

function addComponent(component, span) {
  const what = t("said_add", { what: t("said_component", { what: t(`component_${component}`) }) });
  decideHere({ about: "component", action: "add", value: { component, span } }, what);
  tell(capital(what));
}

// By keyboard: a word is chosen, arrows go to others, Shift with an arrow takes more.

function wordSpans() {
  const found = record(state.open);
  if (!found.words) {
    found.words = [];
    let at = 0;
    let before = 0;
    for (const { index, 0: word } of found.narrative.text.matchAll(/[\p{L}\p{M}\p{N}]+[’']?|[^\s\p{L}\p{M}\p{N}]+/gu)) {
      at += Array.from(found.narrative.text.slice(before, index)).length;
      before = index;
      found.words.push([at, at + Array.from(word).length]);
    }
  }
  return found.words;
}

function startCaret() {
  const spans = wordSpans();
  if (!spans.length) return;
  const mention = chosen();
  const first = mention ? mention.cue[0][0] : 0;
  const word = Math.max(0, spans.findIndex(([, end]) => end > first));
  caret = { anchor: word, head: word };
  $("text").focus({ preventScroll: true });
  showCaret();
  tell(t("caret_on"));
}

function showCaret() {
  const spans = wordSpans();
  const [low, high] = [Math.min(caret.anchor, caret.head), Math.max(caret.anchor, caret.head)];
  selectSpan([spans[low][0], spans[high][1]]);
}

function endCaret() {
  caret = null;
  getSelection().removeAllRanges();
  tell(t("caret_off"));
}

/** The word a line above or below: the nearest of the same column as the page shows it. */
function lineAway(word, by) {
  const place = (number) => {
    const [start, end] = wordSpans()[number];
    const found = segmentAt(start);
    const range = document.createRange();
    range.setStart(found.node.firstChild, indexOfPoint(found.node.firstChild.data, start - found.start));
    range.setEnd(found.node.firstChild, indexOfPoint(found.node.firstChild.data, Math.min(end, found.end) - found.start));
    return range.getBoundingClientRect();
  };
  const from = place(word);
  let best = word;
  let line = null;
  for (let at = word + by; at >= 0 && at < wordSpans().length; at += by) {
    const box = place(at);
    if (Math.abs(box.bottom - from.bottom) < 8) continue;
    if (line !== null && Math.abs(box.bottom - line) > 8) break;
    if (line === null || Math.abs(box.left - from.left) < Math.abs(place(best).left - from.left)) best = at;
    line = box.bottom;
  }
  return best;
}

function caretKey(event) {
  const last = wordSpans().length - 1;
  const to = {
    ArrowRight: () => caret.head + 1, ArrowLeft: () => caret.head - 1, Home: () => 0, End: () => last,
    ArrowDown: () => lineAway(caret.head, 1), ArrowUp: () => lineAway(caret.head, -1),
  }[event.key];
  if (to) {
    caret.head = Math.min(Math.max(to(), 0), last);
    if (!event.shiftKey) caret.anchor = caret.head;
    showCaret();
  } else if (event.key === "Enter") openMenu(true);
  else if (event.key === "Escape") endCaret();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function setUpSelection() {
  document.addEventListener("pointerup", (event) => {
    if ($("menu").contains(event.target)) return;
    if ($("text").contains(event.target)) setTimeout(() => openMenu(false));
    else closeMenu();
  });
  let waiting = null;
  document.addEventListener("selectionchange", () => {
    if (!matchMedia("(pointer: coarse)").matches) return; // a finger selects by handles, which tell of no release
    clearTimeout(waiting);
    waiting = setTimeout(() => openMenu(false), 500);
  });
  $("text").addEventListener("keydown", (event) => {
    if (caret) caretKey(event);
    else if (event.key === "Enter") {
      event.preventDefault();
      startCaret();
    }
  });
  $("text").addEventListener("pointerdown", () => (caret = null));
  $("caret").addEventListener("click", startCaret);
  $("menu").addEventListener("keydown", (event) => {
    const items = [...$("menu").querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[to % items.length].focus();
    else if (event.key === "Escape") {
      closeMenu();
      $("text").focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
