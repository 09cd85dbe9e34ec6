// The graph and the trajectory: our own drawings, whose nodes and lines say which mentions they belong to.

function drawPictures() {
  const found = record(state.open);
  for (const name of ["graph", "trajectory"]) {
    const box = $(name);
    if (!found[name]) {
      box.replaceChildren(el("p", { class: "hint" }, t("no_picture")));
      continue;
    }
    const picture = document.importNode(new DOMParser().parseFromString(found[name], "image/svg+xml").documentElement, true);
    picture.setAttribute("role", "group");
    for (const part of picture.querySelectorAll("g[data-mention]")) {
      if (!part.dataset.mention || part.getAttribute("aria-hidden")) continue;
      part.setAttribute("role", "button");
      part.setAttribute("tabindex", "0");
      for (const text of part.querySelectorAll("text")) text.after(" "); // else words of two lines read as one
      const title = part.querySelector("title");
      const said = part.getAttribute("aria-label") || (title ? title.textContent : "");
      part.setAttribute("aria-label", said.replace(/[()]/g, "")); // as its words stand in it: who speaks to the page says what is seen
    }
    box.replaceChildren(picture);
  }
  lightPictures();
}

const idsOf = (part) => part.dataset.mention.split(" ").filter(Boolean).map(Number);

/** Light up what belongs to the chosen mention, or to several; what is rejected pales. */
function lightPictures(also = null) {
  const at = view();
  const wanted = new Set(also || (state.chosen === null ? [] : [state.chosen]));
  for (const picture of document.querySelectorAll(".picture > svg")) {
    picture.classList.toggle("has-choice", wanted.size > 0);
    for (const part of picture.querySelectorAll("[data-mention]")) {
      const ids = idsOf(part);
      part.classList.toggle("lit", ids.some((id) => wanted.has(id)));
      part.classList.toggle("gone", ids.length > 0 && ids.every((id) => at.byId.has(id) && at.byId.get(id).state === "rejected"));
    }
  }
}

function enlarge(opener, large) {
  opener.closest(".card").classList.toggle("large", large);
  opener.setAttribute("aria-pressed", String(large));
}

function setUpPictures() {
  for (const opener of document.querySelectorAll(".enlarge"))
    opener.addEventListener("click", () => enlarge(opener, opener.getAttribute("aria-pressed") !== "true"));
  for (const box of document.querySelectorAll(".picture")) {
    const pick = (event) => {
      const part = event.target.closest("[data-mention]");
      if (part && idsOf(part).length) chooseAmong(idsOf(part));
    };
    box.addEventListener("click", pick);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      pick(event);
    });
  }
}
