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
  drawFrame(settled, all, t("agree_progress", { n: settled, all }));
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

function start() {
  setUpFrame();
  setUpTree();
  setUpKeys(LETTERS);
  const [one, other] = settings.extra.reviewers;
  $("intro").textContent = t("agree_intro", { one, other });
  document.documentElement.classList.add("ready");
  if (settings.narratives.length) openNarrative(0);
  setUpSaving();
}

start();
