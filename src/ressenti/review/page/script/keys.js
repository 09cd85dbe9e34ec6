// What the letters do on this page, and Escape.

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
  d: () => turn("time"),
  q: () => turnFlag("question"),
  v: () => turnFlag("wish"),
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

function leave() {
  const large = document.querySelector('.enlarge[aria-pressed="true"]');
  if (large) enlarge(large, false);
  else if (!$("menu").hidden) closeMenu();
  else choose(null, { scroll: false });
}
