// What stands around the narratives on every page: which is open, undo and redo, progress, help.

/** A narrative in the list of narratives. */
function optionText(number) {
  const { id, mentions } = settings.narratives[number];
  return `${state.narratives[number].done ? "✓ " : ""}${short(id, 50)} (${mentions})`;
}

/** Say how far one is: so much of `all` is done, and the same in words. */
function drawFrame(done, all, said) {
  $("progress").textContent = said;
  $("bar").max = all || 1;
  $("bar").value = done;
  $("unsaved").textContent = state.saved ? "" : t("unsaved");
  $("undo").setAttribute("aria-disabled", String(!state.steps.length));
  $("redo").setAttribute("aria-disabled", String(!state.undone.length));
  $("previous").disabled = state.open === 0;
  $("next").disabled = state.open === settings.narratives.length - 1;
}

/** The tools stay on the screen, and what stands above them scrolls away. */
function keepToolsInReach() {
  const header = document.querySelector("header");
  new ResizeObserver(() => {
    const above = Math.max(0, header.querySelector(".tools").offsetTop - 8);
    header.style.top = `${-above}px`;
    document.documentElement.style.scrollPaddingTop = `${header.offsetHeight - above + 8}px`;
  }).observe(header);
}

function setUpFrame() {
  keepToolsInReach();
  const narratives = $("narrative");
  narratives.append(...settings.narratives.map((item, number) => el("option", { value: number }, optionText(number))));
  narratives.addEventListener("change", () => openNarrative(Number(narratives.value)));
  $("previous").addEventListener("click", () => openNarrative(state.open - 1));
  $("next").addEventListener("click", () => openNarrative(state.open + 1));
  $("undo").addEventListener("click", undo);
  $("redo").addEventListener("click", redo);
  $("help").addEventListener("click", () => $("help-dialog").showModal());
  for (const closing of document.querySelectorAll("[data-close]")) closing.addEventListener("click", () => closing.closest("dialog").close());
}
