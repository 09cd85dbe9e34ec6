// The dialog in which an emotion is chosen: the tree, with definitions and a search by label and by word.

let terms = null;
let leftOut = null;
let answerTree = null;
let options = [];
let active = 0;

/** Ask for an emotion; gives its key, or null. */
function askEmotion(from) {
  $("search").value = "";
  $("h-tree").textContent = t(from ? "change_emotion" : "choose_emotion");
  $("tree-dialog").showModal();
  list("", from);
  $("search").focus();
  return new Promise((answer) => (answerTree = answer));
}

function answerWith(key) {
  const answer = answerTree;
  answerTree = null;
  if ($("tree-dialog").open) $("tree-dialog").close();
  if (answer) answer(key);
}

/** What one may type, once the file is read: words of the vocabulary with the key of their emotion, and what is left out on purpose. */
function readTerms() {
  if (terms || !$("terms")) return;
  const { emotions: named_, left_out: left } = JSON.parse($("terms").textContent);
  const split = (words_) => words_.split("|").map((word) => [folded(word), word]);
  terms = Object.entries(named_).flatMap(([key, words_]) => split(words_).map(([plain, word]) => [plain, word, key]));
  leftOut = left.map(({ words: words_, ...row }) => ({ ...row, words: split(words_).map(([plain]) => plain) }));
}

/** The emotions that words beginning so name, each with such a word. */
function wordsOf(query) {
  readTerms();
  const found = new Map();
  for (const [plain, term, key] of terms || []) if (plain.startsWith(query) && (!found.has(key) || plain === query)) found.set(key, term);
  return found;
}

/** What was typed, folded; in the singular where nothing is found in the plural. */
function sought(query) {
  const plain = folded(query.trim()).replace(/\s+/g, " ");
  const singular = plain.replace(/[sx]$/, "");
  readTerms();
  const known = (text) => settings.emotions.some((emotion) => fitsLabel(emotion, text)) || wordsOf(text).size || leftOutAs(text);
  return singular && !known(plain) && known(singular) ? singular : plain;
}

function fitsLabel(emotion, plain) {
  return folded(emotion.label).includes(plain) || folded(emotion.other).startsWith(plain);
}

function leftOutAs(plain) {
  return (leftOut || []).find(({ words: known }) => known.includes(plain));
}

function list(query, from) {
  const plain = sought(query);
  const byWord = plain ? wordsOf(plain) : new Map();
  const left = plain ? leftOutAs(plain) : null;
  const fits = (emotion) => fitsLabel(emotion, plain) || byWord.has(emotion.key) || (left && left.nearest.includes(emotion.key));
  let found = plain ? settings.emotions.filter(fits) : settings.emotions;
  if (plain) {
    const exact = (emotion) => {
      const text = folded(emotion.label);
      const word = byWord.get(emotion.key);
      return text === plain ? 0 : word && folded(word) === plain ? 1 : text.startsWith(plain) ? 2 : word ? 3 : 4;
    };
    found = [...found].sort((one, other) => exact(one) - exact(other));
  }
  options = found;
  const rows = found.map((emotion, number) => {
    const word = byWord.get(emotion.key);
    const by = word && !folded(emotion.label).includes(plain) ? el("span", { class: "note" }, ` ${t("found_by", { word })}`) : null;
    const above = plain && emotion.parent ? el("span", { class: "note" }, ` ${lineage(emotion.key).slice(0, -1).join(" › ")}`) : null;
    return el("li", { role: "option", id: `option-${number}`, class: `${colour(emotion.key)} ${plain ? "" : emotion.tier}`, "data-at": number },
      el("span", { class: "dot", "aria-hidden": "true" }), el("span", { class: "name" }, capital(emotion.label)), by, above);
  });
  $("options").replaceChildren(...rows);
  $("found").textContent = left ? left.said : rows.length ? t("emotions_found", { n: rows.length }) : t("no_emotion_found");
  move(Math.max(0, plain ? 0 : found.findIndex((emotion) => emotion.key === from)));
}

function move(to) {
  const before = $("options").querySelector('[aria-selected="true"]');
  if (before) before.removeAttribute("aria-selected");
  active = Math.min(Math.max(to, 0), options.length - 1);
  const row = $(`option-${active}`);
  const emotion = options[active];
  $("search").setAttribute("aria-activedescendant", row ? row.id : "");
  $("definition").replaceChildren();
  if (!row) return;
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  $("definition").append(el("strong", { class: `named ${colour(emotion.key)}` }, capital(emotion.label)), el("br"), `${emotion.definition}.`,
    el("span", { class: "hint" }, lineage(emotion.key).join(" › ")));
}

/** From one primary's emotions to the next's. */
function family(by) {
  const primary = options[active] && options[active].primary;
  let at = active + by;
  while (options[at] && options[at].primary === primary) at += by;
  if (by < 0) while (options[at - 1] && options[at] && options[at - 1].primary === options[at].primary) at -= 1;
  if (options[at]) move(at);
}

function setUpTree() {
  const search = $("search");
  search.addEventListener("input", () => list(search.value, null));
  search.addEventListener("keydown", (event) => {
    const page = 8;
    const moves = { ArrowDown: () => move(active + 1), ArrowUp: () => move(active - 1), PageDown: () => move(active + page), PageUp: () => move(active - page) };
    if (!search.value) Object.assign(moves, { ArrowRight: () => family(1), ArrowLeft: () => family(-1), Home: () => move(0), End: () => move(options.length) });
    if (moves[event.key]) {
      event.preventDefault();
      moves[event.key]();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (options[active]) answerWith(options[active].key);
    }
  });
  $("options").addEventListener("click", (event) => {
    const row = event.target.closest("[data-at]");
    if (row) answerWith(options[Number(row.dataset.at)].key);
  });
  $("options").addEventListener("mousemove", (event) => {
    const row = event.target.closest("[data-at]");
    if (row && Number(row.dataset.at) !== active) move(Number(row.dataset.at));
  });
  $("tree-dialog").addEventListener("close", () => answerWith(null));
}
