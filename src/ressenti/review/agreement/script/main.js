// The page on which a third settles what two reviewers decided otherwise.

const LETTERS = {
  1: () => settle(current, "one"),
  2: () => settle(current, "other"),
  3: () => settle(current, "neither"),
  e: () => settleOtherwise(current),
  n: () => goTo(current + 1),
  p: () => goTo(current - 1),
  N: () => openNarrative(state.open + 1),
  P: () => openNarrative(state.open - 1),
  "?": () => $("help-dialog").showModal(),
};

function openNarrative(number) {
  if (number < 0 || number >= settings.narratives.length) return;
  if (!$(`narrative-${number}`)) return whenRead(() => openNarrative(number));
  state.open = number;
  current = Math.max(0, answers(number).findIndex((taken) => !taken));
  drawAll();
}

function drawAll() {
  $("narrative").value = String(state.open);
  $("h-differences").textContent = t("agree_heading", { id: short(settings.narratives[state.open].id, 60) });
  drawDifferences();
  drawProgress();
}

function drawProgress() {
  let settled = 0;
  let all = 0;
  settings.narratives.forEach((item, number) => {
    all += item.mentions;
    settled += item.settled || 0;
    $("narrative").options[number].textContent = optionText(number);
  });
  $("progress").textContent = t("agree_progress", { n: settled, all });
  $("bar").max = all || 1;
  $("bar").value = settled;
  $("unsaved").textContent = state.saved ? "" : t("unsaved");
  $("undo").setAttribute("aria-disabled", String(!state.steps.length));
  $("redo").setAttribute("aria-disabled", String(!state.undone.length));
  $("previous").disabled = state.open === 0;
  $("next").disabled = state.open === settings.narratives.length - 1;
}

function optionText(number) {
  return `${state.narratives[number].done ? "✓ " : ""}${short(settings.narratives[number].id, 50)} (${settings.narratives[number].mentions})`;
}

/** How much of each narrative is settled; one in which all is counts as gone through. */
function countSettled() {
  settings.narratives.forEach((item, number) => {
    const { decisions } = state.narratives[number];
    item.settled = decisions.length ? answers(number).filter(Boolean).length : 0;
    state.narratives[number].done = item.settled === item.mentions;
  });
}

onChange(() => {
  countSettled();
  drawAll();
  keep();
});

function setUpKeys() {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const written = event.target.closest("input:not([type=checkbox]), textarea");
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase();
      if (key === "s") save();
      else if (written) return;
      else if (key === "z" && !event.shiftKey) undo();
      else if (key === "y" || key === "z") redo();
      else return;
      event.preventDefault();
      return;
    }
    if (written || event.altKey || !$("letters").checked || !LETTERS[event.key] || event.target.closest("select")) return;
    event.preventDefault();
    LETTERS[event.key]();
  });
}

function start() {
  setUpTree();
  setUpKeys();
  const [one, other] = settings.extra.reviewers;
  $("intro").textContent = t("agree_intro", { one, other });
  $("narrative").append(...settings.narratives.map((item, number) => el("option", { value: number }, optionText(number))));
  $("narrative").addEventListener("change", () => openNarrative(Number($("narrative").value)));
  $("previous").addEventListener("click", () => openNarrative(state.open - 1));
  $("next").addEventListener("click", () => openNarrative(state.open + 1));
  $("undo").addEventListener("click", undo);
  $("redo").addEventListener("click", redo);
  $("help").addEventListener("click", () => $("help-dialog").showModal());
  for (const closing of document.querySelectorAll("[data-close]")) closing.addEventListener("click", () => closing.closest("dialog").close());
  document.documentElement.classList.add("ready");
  if (settings.narratives.length) openNarrative(0);
  setUpSaving();
}

start();
