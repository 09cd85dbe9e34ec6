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
  $("text").scrollTop = 0;
}

function drawAll() {
  drawText();
  drawList();
  drawDetail();
  drawPeople();
  drawComponents();
  drawQuestions();
  refreshPictures();
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
  const said = [all > 1 ? t("progress", { done, all }) : "", t("decided", { n: decided, all: mentions.length })];
  drawFrame(decided, mentions.length, said.filter(Boolean).join(" · "));
  $("narrative").options[state.open].textContent = optionText(state.open);
}

onChange((only) => {
  const at = view();
  if (state.chosen !== null && !at.byId.has(state.chosen)) state.chosen = null;
  if (only !== null && at.byId.has(only)) {
    drawText(only);
    refreshRow(only);
    drawDetail();
    drawQuestions();
    refreshPictures();
    drawProgress();
  } else drawAll();
  keep();
});

function start() {
  setUpFrame();
  setUpList();
  setUpTree();
  setUpSelection();
  setUpPictures();
  setUpKeys(LETTERS, leave);
  $("join").addEventListener("click", joinPeople);
  $("leave").addEventListener("click", () => choose(null, { scroll: false }));
  $("print").addEventListener("click", () => print());
  addEventListener("beforeprint", () => (document.querySelector(".legend").open = true));
  for (const [box, name] of [["show-names", "no-names"], ["show-roles", "no-roles"]])
    $(box).addEventListener("change", () => $("text").classList.toggle(name, !$(box).checked));
  $("comment").addEventListener("change", () => {
    setHere("comment", $("comment").value.trim(), t("said_comment"));
  });
  $("done").addEventListener("change", () => {
    const done = $("done").checked;
    setHere("done", done, t(done ? "said_done" : "said_not_done"));
    tell(capital(t(done ? "said_done" : "said_not_done")));
  });
  document.documentElement.classList.add("ready");
  if (settings.narratives.length) openNarrative(0);
  setUpSaving();
}

start();
