// The page as a whole: which narrative is open, and what is drawn anew when something changes.

function openNarrative(number) {
  if (number < 0 || number >= settings.narratives.length) return;
  if (!$(`narrative-${number}`)) return whenRead(() => openNarrative(number));
  state.open = number;
  state.chosen = null;
  most = STEP;
  caret = null;
  $("menu").hidden = true;
  $("narrative").value = String(number);
  $("h-account").textContent = t("which", { id: short(settings.narratives[number].id, 60) });
  drawPictures();
  drawAll();
  $("text").parentElement.scrollTop = 0;
}

function drawAll() {
  drawText();
  drawList();
  drawDetail();
  drawPeople();
  drawComponents();
  drawQuestions();
  lightPictures();
  drawProgress();
  const { comment, done } = state.narratives[state.open];
  if (document.activeElement !== $("comment")) $("comment").value = comment;
  $("done").checked = done;
}

function drawProgress() {
  const all = settings.narratives.length;
  const done = state.narratives.filter((item) => item.done).length;
  const { mentions } = view();
  const decided = mentions.filter((mention) => mention.state !== "open").length;
  $("progress").textContent = [
    all > 1 ? t("progress", { done, all }) : "", t("decided", { n: decided, all: mentions.length }),
  ].filter(Boolean).join(" · ");
  $("bar").max = mentions.length || 1;
  $("bar").value = decided;
  $("unsaved").textContent = state.saved ? "" : t("unsaved");
  $("undo").setAttribute("aria-disabled", String(!state.steps.length));
  $("redo").setAttribute("aria-disabled", String(!state.undone.length));
  $("previous").disabled = state.open === 0;
  $("next").disabled = state.open === all - 1;
  const option = $("narrative").options[state.open];
  option.textContent = optionText(state.open);
}

function optionText(number) {
  const { id, mentions } = settings.narratives[number];
  return `${state.narratives[number].done ? "✓ " : ""}${short(id, 50)} (${mentions})`;
}

onChange((only) => {
  const at = view();
  if (state.chosen !== null && !at.byId.has(state.chosen)) state.chosen = null;
  if (only !== null && at.byId.has(only)) {
    drawText();
    refreshRow(only);
    drawDetail();
    drawQuestions();
    lightPictures();
    drawProgress();
  } else drawAll();
  keep();
});

function start() {
  setUpList();
  setUpTree();
  setUpSelection();
  setUpPictures();
  setUpKeys();
  const narratives = $("narrative");
  narratives.append(...settings.narratives.map((item, number) => el("option", { value: number }, optionText(number))));
  narratives.addEventListener("change", () => openNarrative(Number(narratives.value)));
  $("previous").addEventListener("click", () => openNarrative(state.open - 1));
  $("next").addEventListener("click", () => openNarrative(state.open + 1));
  $("undo").addEventListener("click", undo);
  $("redo").addEventListener("click", redo);
  $("join").addEventListener("click", joinPeople);
  $("print").addEventListener("click", () => print());
  addEventListener("beforeprint", () => (document.querySelector(".legend").open = true));
  $("help").addEventListener("click", () => $("help-dialog").showModal());
  for (const closing of document.querySelectorAll("[data-close]")) closing.addEventListener("click", () => closing.closest("dialog").close());
  for (const [box, name] of [["show-names", "no-names"], ["show-roles", "no-roles"]])
    $(box).addEventListener("change", () => $("text").classList.toggle(name, !$(box).checked));
  $("comment").addEventListener("change", () => {
    state.narratives[state.open].comment = $("comment").value.trim();
    changed();
  });
  $("done").addEventListener("change", () => {
    state.narratives[state.open].done = $("done").checked;
    changed();
  });
  document.documentElement.classList.add("ready");
  if (settings.narratives.length) openNarrative(0);
  setUpSaving();
}

start();
