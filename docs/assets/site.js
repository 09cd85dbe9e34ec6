// What the theme leaves out for those who use a keyboard or a screen reader: names of regions, and a way into what scrolls.
const settle = () => {
  const box = document.querySelector(".md-search");
  box?.setAttribute("aria-label", box.querySelector("input").placeholder);
  document.querySelectorAll(".md-code__nav").forEach((bar, n) => {
    bar.dataset.label ??= bar.getAttribute("aria-label") ?? "";
    bar.setAttribute("aria-label", `${bar.dataset.label} ${n + 1}`.trim());
  });
  for (const one of document.querySelectorAll(".md-typeset pre > code, .md-typeset__scrollwrap")) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
    else one.removeAttribute("tabindex");
  }
};

settle();
addEventListener("load", settle);
addEventListener("resize", settle);
new MutationObserver(settle).observe(document.querySelector("article"), { childList: true, subtree: true });
