// Decisions as a file, and, where the coach says so, in the browser.

const PLACE = `ressenti-review:${settings.key}`;
let writing = null;
let asking = null;

/** What is saved: places in the texts, choices and comments; no word of an account. */
function contents() {
  const narratives = [];
  settings.narratives.forEach((item, number) => {
    const { decisions, comment, done } = state.narratives[number];
    if (!decisions.length && !comment && !done) return;
    const { narrative, sha256, length } = record(number);
    const named_ = new Set(decisions.flatMap(({ was, value }) => [was && was.entity, value && value.entity]).filter(Boolean));
    const entities = narrative.entities.filter((entity) => named_.has(entity.id)).map(({ id, mentions }) => [id, mentions]);
    narratives.push({
      id: item.id, text_sha256: sha256, length, comment, done, reviewed: narrative.provenance, entities: Object.fromEntries(entities), decisions,
    });
  });
  return {
    format: "ressenti-decisions", version: 1, reviewer: state.reviewer, saved: now(), ressenti: settings.ressenti,
    narratives: [...narratives, ...state.foreign],
  };
}

/** Do something with the decisions, under the reviewer's name: it is asked for where it is not known. */
function signed(action) {
  if (state.reviewer) return whenRead(action);
  asking = action;
  $("reviewer-dialog").showModal();
}

/** A word of a file's name. */
function fileWord(text, most) {
  return text.replace(/[^\p{L}\p{N}_-]+/gu, "_").slice(0, most);
}

function save() {
  signed(() => {
    const ids = settings.narratives;
    const stem = ids.length === 1 ? fileWord(ids[0].id, 60) || "recit" : `${ids.length}-recits`;
    const name = `decisions-${stem}-${fileWord(state.reviewer, 30)}-${now().slice(0, 10)}.json`;
    const address = URL.createObjectURL(new Blob([JSON.stringify(contents(), null, 1) + "\n"], { type: "application/json" }));
    const link = el("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    state.saved = true;
    drawProgress();
    tell(t("saved", { name }));
    handOver();
  });
}

/** In the application: give it the decisions, for a copy where it asks for one. */
function handOver(copy = null) {
  if (inApp) parent.postMessage({ decisions: contents(), copy }, location.origin);
}

/** The number of the narrative that has a text, but for blank space around it, of several the one of that name; -1 where none has it. */
function narrativeOf({ id, text_sha256: sha256 }) {
  const find = (same) => {
    const called = settings.narratives.findIndex((item, number) => item.id === id && same(record(number)));
    return called < 0 ? settings.narratives.findIndex((_, number) => same(record(number))) : called;
  };
  const exact = find((one) => one.sha256 === sha256);
  return exact < 0 ? find((one) => Object.hasOwn(one.alike, String(sha256).slice(0, 16))) : exact;
}

/** What a file says of a narrative, its places as they are in the text of this page. */
function inPlace(item, { sha256, alike, points }) {
  if (item.text_sha256 === sha256) return item;
  const by = alike[String(item.text_sha256).slice(0, 16)];
  const isSpan = (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isInteger);
  const span = ([start, end]) => [Math.max(start + by, 0), Math.min(end + by, points.length)];
  const moved = (value) => {
    if (isSpan(value)) return span(value);
    if (Array.isArray(value)) return value.map(moved);
    return value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner)])) : value;
  };
  return { ...item, decisions: moved(item.decisions), entities: moved(item.entities) };
}

/** Take up what was saved. Gives false where it is no such file. */
function resume(data, message) {
  if (!data || data.format !== "ressenti-decisions" || data.version !== 1 || !Array.isArray(data.narratives)) return false;
  const taken = settings.narratives.map(() => ({ decisions: [], comment: "", done: false }));
  const foreign = [];
  const renamed = [];
  let count = 0;
  for (const item of data.narratives) {
    if (!item || !Array.isArray(item.decisions)) return false;
    const number = narrativeOf(item);
    if (number < 0) {
      foreign.push(item);
      continue;
    }
    const here = inPlace(item, record(number));
    if (!soundly(here, record(number).points.length)) return false;
    const into = taken[number];
    into.decisions = [...into.decisions, ...withOwnNumbers(here, record(number).narrative)];
    into.comment ||= String(item.comment || "");
    into.done ||= item.done === true;
    count += item.decisions.length;
    if (settings.narratives[number].id !== item.id) renamed.push([item.id, settings.narratives[number].id]);
  }
  state.narratives = taken;
  state.foreign = foreign;
  if (!state.reviewer && typeof data.reviewer === "string") state.reviewer = data.reviewer;
  views.clear();
  state.steps = taken.flatMap(({ decisions, comment, done }, number) => [
    ...decisions.map((decision) => ({ what: t("a_decision"), items: [{ number, decision }] })),
    ...(comment && $("comment") ? [{ what: t("said_comment"), items: [{ number, field: "comment", before: "", after: comment }] }] : []),
    ...(done && $("done") ? [{ what: t("said_done"), items: [{ number, field: "done", before: false, after: true }] }] : []),
  ]);
  state.undone = [];
  state.chosen = null;
  changed();
  state.saved = true;
  $("reviewer").value = state.reviewer;
  drawAll();
  const lost = taken.reduce((sum, { decisions }, number) => sum + (decisions.length ? view(number).lost : 0), 0);
  tell([message || t("loaded", { n: count - lost }), ...notPlaced(lost, renamed, foreign)].join(" "));
  return true;
}

/** What to say of decisions of a file that are not on this page, and of narratives that are called otherwise here. */
function notPlaced(lost, renamed, foreign) {
  const several = (ids) => ids.slice(0, 3).map((id) => t("quoted", { id: short(String(id), 40) })).join(", ") + (ids.length > 3 ? ` (+${ids.length - 3})` : "");
  const here = new Set(settings.narratives.map(({ id }) => id));
  const [other, absent] = [true, false].map((wanted) => foreign.filter(({ id }) => here.has(id) === wanted).map(({ id }) => id));
  return [
    lost && t("load_lost", { n: lost }),
    renamed.length && t("load_renamed", { from: several(renamed.map(([from]) => from)), to: several(renamed.map(([, to]) => to)) }),
    other.length && t("load_changed", { ids: several(other) }),
    absent.length && t("load_absent", { ids: several(absent) }),
    foreign.length && t("load_kept"),
  ].filter(Boolean);
}

async function load(file) {
  if (!state.saved && !confirm(t("load_replace"))) return;
  let data = null;
  try {
    data = JSON.parse(await file.text());
  } catch (error) {
    data = null;
  }
  whenRead(() => {
    if (!resume(data)) tell(t("load_wrong"));
  });
}

function kept() {
  try {
    return localStorage.getItem(PLACE);
  } catch (error) {
    return null;
  }
}

function keep() {
  if (!$("keep").checked) return;
  clearTimeout(writing);
  writing = setTimeout(() => {
    try {
      localStorage.setItem(PLACE, JSON.stringify(contents()));
    } catch (error) {
      $("keep").checked = false;
      tell(t("keep_failed"));
    }
    $("erase").hidden = kept() === null;
  }, 200);
}

function erase() {
  clearTimeout(writing);
  try {
    localStorage.removeItem(PLACE);
  } catch (error) {
    // Nothing was kept.
  }
  $("keep").checked = false;
  $("erase").hidden = true;
  tell(t("erased"));
}

function setUpSaving() {
  $("save").addEventListener("click", save);
  $("load").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => {
    if ($("file").files.length) load($("file").files[0]);
    $("file").value = "";
  });
  $("reviewer").value = state.reviewer;
  $("reviewer").addEventListener("change", () => {
    state.reviewer = $("reviewer").value.trim();
    keep();
  });
  $("reviewer-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = $("reviewer-name").value.trim();
    if (!name) return;
    state.reviewer = $("reviewer").value = name;
    $("reviewer-dialog").close();
    whenRead(asking);
  });
  $("keep").addEventListener("change", () => ($("keep").checked ? keep() : erase()));
  // Served by the application, the page has another address each time: nothing kept would come back.
  if (inApp) for (const part of document.querySelectorAll(".kept")) part.hidden = true;
  $("erase").addEventListener("click", erase);
  addEventListener("beforeunload", (event) => {
    if (!state.saved && !$("keep").checked) event.preventDefault();
  });
  addEventListener("message", ({ origin, source, data }) => {
    if (inApp && source === parent && origin === location.origin && data && data.copy) signed(() => handOver(data.copy));
  });
  const given = settings.extra && settings.extra.decisions;
  if (given) whenRead(() => resume(given));
  const before = kept();
  if (before === null) return;
  $("keep").checked = true;
  $("erase").hidden = false;
  whenRead(() => {
    try {
      resume(JSON.parse(before), t("restored"));
      state.saved = false;
      drawProgress();
    } catch (error) {
      erase();
    }
  });
}
