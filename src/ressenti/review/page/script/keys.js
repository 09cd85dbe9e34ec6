// The keyboard: letters for what is done often, which can be turned off; Ctrl with Z, Y and S.

const LETTERS = {
  n: () => walk(1),
  p: () => walk(-1),
  N: () => openNarrative(state.open + 1),
  P: () => openNarrative(state.open - 1),
  a: () => withChosen((mention) => judge(mention, "accept")),
  r: () => withChosen((mention) => judge(mention, "reject")),
  e: () => withChosen(changeEmotion),
  m: () => turn("mode"),
  s: () => turn("status"),
  i: () => turn("intensity"),
  c: () => withChosen(() => $("detail").querySelector("textarea").focus()),
  t: () => startCaret(),
  g: () => focusFirst($("people-list")),
  f: () => $("done").click(),
  "?": () => $("help-dialog").showModal(),
};

function withChosen(action) {
  const mention = chosen();
  if (mention) action(mention);
  else tell(t("choose"));
}

function focusFirst(box) {
  const first = box.querySelector("input, button, select");
  if (first) first.focus();
}

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
    if (event.key === "Escape") {
      const large = document.querySelector('.enlarge[aria-pressed="true"]');
      if (large) enlarge(large, false);
      else if (!$("menu").hidden) closeMenu();
      else choose(null, { scroll: false });
      return;
    }
    if (written || event.altKey || !$("letters").checked || !LETTERS[event.key] || event.target.closest("select, [role=menu]")) return;
    event.preventDefault();
    LETTERS[event.key]();
  });
}
