// The desk: accounts are pasted or opened, wait, and are shown on the coach's page, each in a frame that stays while it is open.
"use strict";
const $ = (id) => document.getElementById(id);
const texts = JSON.parse($("texts").textContent);
const documents = new Map();
const frames = new Map();
let shown = null; // the number of the document that is shown, null where a new one is asked for
let first = true;
let timer = null;
let ended = false;
let missing = false;
let loading = null;
let asked = 0; // how often the server was asked for its state: an answer that a later one has overtaken is not news
const COPIES = { "save-narrative": "narratives.jsonl", "save-page": "page.html", summary: "summary" }; // what is made of a document, by its link
let wanted = null; // what was opened last is shown as soon as it is known

function t(key, values) {
  return texts[key].replace(/\{(\w+)\}/g, (all, name) => (values && name in values ? String(values[name]) : all));
}

function problem(text) {
  $("problem").textContent = text;
  $("problem").hidden = !text;
}

function tell(text) {
  if ($("status").textContent !== text) $("status").textContent = text;
}

/** Ask the server; gives the answer's JSON, or null where it refuses, having said why. */
async function ask(path, type, body) {
  try {
    const answer = await fetch(path, type ? { method: "POST", headers: { "Content-Type": type }, body } : {});
    if (answer.ok) return await answer.json();
    if (answer.status === 403 || answer.status === 421) lose("shut_out"); // the browser has forgotten who it is, or another server answers
    else problem(t({ 413: "too_large", 409: "full" }[answer.status] || "refused"));
  } catch (error) {
    lose("lost"); // nobody answers
  }
  return null;
}

const send = (path, value) => ask(path, "application/json", JSON.stringify(value));

/** Say why nothing comes any more, and look again now and then: a laptop that slept may only need a moment. */
function lose(why) {
  if (ended) return;
  missing = true;
  problem(t(why));
  clearTimeout(timer);
  timer = setTimeout(look, 5000);
}

async function look() {
  clearTimeout(timer);
  asked += 1;
  const mine = asked;
  const state = ended ? null : await ask("/state");
  if (!state || mine !== asked) return;
  if (missing) problem("");
  missing = false;
  const before = new Map(documents);
  documents.clear();
  for (const item of state.documents) documents.set(item.number, item);
  for (const [number, item] of documents) {
    const was = before.get(number);
    if (was && was.state === item.state) continue;
    if (item.state === "ready" && !first) tell(t("ready", item));
    if (item.state === "failed") tell(t("failed", item));
  }
  if (state.fault) problem(`${t("fault")} (${state.fault})`);
  if (loading && !state.loading && !state.fault) tell(t("loaded"));
  loading = state.loading;
  $("getting-ready").hidden = !state.loading;
  if (wanted !== null && documents.has(wanted)) {
    shown = wanted;
    wanted = null;
  }
  first = false;
  draw();
  const busy = state.loading || state.documents.some(({ state: one }) => one === "waiting" || one === "reading");
  timer = setTimeout(look, busy ? 300 : 5000);
}

function draw() {
  if (!documents.has(shown)) shown = null;
  const item = documents.get(shown);
  drawDocuments();
  $("new").setAttribute("aria-pressed", String(!item));
  $("start").hidden = Boolean(item);
  $("waiting").hidden = !item || item.state === "ready";
  $("tools").hidden = !item;
  document.body.classList.toggle("framed", Boolean(item) && item.state === "ready");
  for (const [number, frame] of frames) {
    if (!documents.has(number)) {
      frame.remove();
      frames.delete(number);
    } else frame.hidden = number !== shown;
  }
  document.title = item ? `${item.name} — ${t("title")}` : t("title");
  if (!item) return;
  const ready = item.state === "ready";
  for (const [id, path] of Object.entries(COPIES)) {
    const link = $(id);
    link.hidden = !ready;
    link.href = `/documents/${shown}/${path}`;
    if (id !== "summary") link.download = `${fileName(item.name)}.${path.split(".")[1]}`;
  }
  $("copies").hidden = !ready;
  drawSpeakers(item.speakers);
  $("notes").textContent = [...item.notes.map((key) => t(key)), ...item.notices].join(" ");
  if (ready) frameOf(item);
  else drawWaiting(item);
}

/** The list of documents; buttons stay as they are while nothing changes: one that is pressed would else be gone before it is let go. */
function drawDocuments() {
  const looks = JSON.stringify([shown, [...documents.values()].map(({ number, name, state }) => [number, name, state])]);
  if ($("documents").dataset.looks === looks) return;
  $("documents").dataset.looks = looks;
  const had = document.activeElement && document.activeElement.dataset.number;
  $("documents").replaceChildren(...[...documents.values()].map((item) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = item.name + ({ waiting: " …", reading: " …", failed: " ✗" }[item.state] || "");
    button.title = item.name;
    button.dataset.number = item.number;
    if (item.number === shown) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => show(item.number));
    const place = document.createElement("li");
    place.append(button);
    return place;
  }));
  const again = had && $("documents").querySelector(`[data-number="${had}"]`);
  if (again) again.focus();
}

function drawWaiting(item) {
  const failed = item.state === "failed";
  const key = item.state === "reading" ? (item.all > 1 ? "reading_some" : "reading") : loading && !failed ? "waiting_ready" : item.state;
  $("waiting-words").textContent = t(key, item);
  const bar = $("bar");
  bar.hidden = failed || loading;
  if (item.all > 1) {
    bar.max = item.all;
    bar.value = item.done;
  } else bar.removeAttribute("value");
  $("reason").textContent = failed ? item.said || t(item.reason) : "";
  $("more").hidden = !failed || !item.detail;
  $("detail").textContent = item.detail;
}

/** Of a transcript one person's turns can be read alone, as a document of their own. */
function drawSpeakers(speakers) {
  $("speakers").hidden = !speakers.length || documents.get(shown).state !== "ready";
  const names = JSON.stringify([shown, speakers]);
  if ($("speaker").dataset.names === names) return;
  $("speaker").dataset.names = names;
  $("speaker").replaceChildren(new Option(t("everybody"), ""), ...speakers.map((name) => new Option(name, name)));
}

function frameOf(item) {
  if (frames.has(item.number)) return;
  const frame = document.createElement("iframe");
  frame.title = item.name;
  frame.src = `/documents/${item.number}/page`;
  frame.addEventListener("load", () => {
    if (shown === item.number) frame.contentWindow.focus();
  });
  frames.set(item.number, frame);
  $("frames").append(frame);
}

/** Whether a frame holds decisions that are not saved: its page says so. */
function unsaved(frame) {
  const place = frame && frame.contentDocument && frame.contentDocument.getElementById("unsaved");
  return Boolean(place && place.textContent);
}

function fileName(name) {
  return name.replace(/[^\p{L}\p{N}_-]+/gu, "_").slice(0, 60) || "recit";
}

function show(number) {
  problem("");
  shown = number;
  draw();
  const frame = frames.get(number);
  if (frame) frame.contentWindow.focus();
}

async function opened(promise) {
  const answer = await promise;
  if (answer) wanted = answer.number;
  await look();
  return Boolean(answer);
}

async function paste(event) {
  event.preventDefault();
  problem("");
  const text = $("text").value;
  if (!text.trim()) {
    problem(t("empty"));
    $("text").focus();
    return;
  }
  const name = $("name").value.trim() || t("untitled", { n: Math.max(0, ...documents.keys()) + 1 });
  if (await opened(send("/accounts", { name, text }))) $("form").reset();
}

async function openFiles(files) {
  problem("");
  for (const file of files) {
    const path = `/files?name=${encodeURIComponent(file.name)}`;
    if (file.size > Number(texts.largest)) problem(t("too_large"));
    else await opened(ask(path, "application/octet-stream", file));
  }
}

async function close() {
  const item = documents.get(shown);
  if (!item || (unsaved(frames.get(shown)) && !confirm(t("close_sure", item)))) return;
  await send("/close", { number: item.number });
  shown = null;
  await look();
  tell(t("closed", item));
  $("text").focus();
}

async function quit() {
  if ([...frames.values()].some(unsaved) && !confirm(t("quit_sure"))) return;
  if (!(await send("/quit", {}))) return;
  ended = true;
  clearTimeout(timer);
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const card = document.createElement("div");
  card.className = "card";
  words.textContent = t("ended");
  card.append(words);
  const title = document.querySelector("h1");
  document.body.className = "gate";
  document.querySelector("header").replaceChildren(title);
  document.querySelector("main").replaceChildren(card);
}

$("form").addEventListener("submit", paste);
$("open").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", async () => {
  const files = [...$("file").files];
  await openFiles(files);
  $("file").value = "";
});
$("new").addEventListener("click", () => {
  show(null);
  $("text").focus();
});
$("speaker").addEventListener("change", async () => {
  const speaker = $("speaker").value;
  $("speaker").value = "";
  if (speaker) await opened(send("/speaker", { number: shown, speaker }));
});
$("close").addEventListener("click", close);
$("quit").addEventListener("click", quit);
// A file that is dropped anywhere is opened here: the browser would else leave the page for it.
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    $("start").classList.toggle("over", name === "dragover");
    if (name === "drop") openFiles([...event.dataTransfer.files]);
  });
}
// What the coach saves in a page is in the copies and in the summary from then on; what is not saved yet is asked for before one is made.
for (const id of Object.keys(COPIES)) {
  $(id).addEventListener("click", (event) => {
    const frame = frames.get(shown);
    if (!event.isTrusted || !unsaved(frame)) return;
    event.preventDefault();
    frame.contentWindow.postMessage({ copy: id }, location.origin);
  });
}
addEventListener("message", async ({ origin, source, data }) => {
  const found = [...frames].find(([, frame]) => frame.contentWindow === source);
  if (origin !== location.origin || !found || !data || !data.decisions) return;
  if (!(await send("/decisions", { number: found[0], decisions: data.decisions }))) return;
  tell(t("taken"));
  if (data.copy in COPIES && found[0] === shown) $(data.copy).click();
});
document.addEventListener("dragleave", () => $("start").classList.remove("over"));
look();
