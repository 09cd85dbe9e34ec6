// What the page holds: settings, wording, emotions, and a narrative when it is asked for.

const settings = JSON.parse($("settings").textContent);
const emotions = new Map(settings.emotions.map((emotion) => [emotion.key, emotion]));
const records = new Map();
const inApp = Boolean(settings.extra && settings.extra.app); // in a frame of the application

/** A text of the page, with its values put in. */
function t(key, values) {
  const text = settings.texts[key];
  return values ? text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all)) : text;
}

/** The label of an emotion; the key itself where another version knows more emotions than this page. */
function label(key) {
  const emotion = emotions.get(key);
  return emotion ? emotion.label : key;
}

/** The class that has the colours of an emotion's primary. */
function colour(key) {
  const emotion = emotions.get(key);
  return emotion ? `c${emotion.primary}` : "";
}

/** The labels from an emotion's primary down to itself. */
function lineage(key) {
  const path = [];
  for (let at = emotions.get(key); at; at = emotions.get(at.parent)) path.unshift(at.label);
  return path;
}

/** Do something when the whole file is read: until then only the first narratives are there. */
function whenRead(action) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", action, { once: true });
  else action();
}

/** A narrative with all the page knows of it: parsed when it is first asked for. */
function record(number) {
  let found = records.get(number);
  if (!found) {
    found = JSON.parse($(`narrative-${number}`).textContent);
    found.points = Array.from(found.narrative.text);
    records.set(number, found);
  }
  return found;
}

/** The words of a mention of the open narrative, with what denies them where that is part of what they say: « n’en peux plus ». */
function cueOf(mention) {
  const { narrative, said } = record(state.open);
  const whole = said[mention.id];
  const found = whole && narrative.mentions.find(({ id }) => id === mention.id);
  return words(found && JSON.stringify(found.cue) === JSON.stringify(mention.cue) ? whole : mention.cue);
}

/** Words of the open narrative. */
function words(spans) {
  const points = record(state.open).points;
  return spans.map(([start, end]) => points.slice(start, end).join("")).join(" … ");
}
