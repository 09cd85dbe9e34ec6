// The graph and the trajectory: our own drawings, whose nodes and lines say which mentions they belong to, and into which decisions are drawn.

let pictured = null;

function drawPictures() {
  const found = record(state.open);
  pictured = {};
  $("picture-note").textContent = t(found.grouped ? "grouped_note" : "picture_note");
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
      for (const text of part.querySelectorAll("text")) text.after(" "); // else words of two texts read as one
      apart(part);
      const title = part.querySelector("title");
      const said = part.getAttribute("aria-label") || (title ? title.textContent : "");
      part.setAttribute("aria-label", said.replace(/[()]/g, "")); // as its words stand in it: who speaks to the page says what is seen
    }
    if (name === "trajectory") pictured[name] = readCourse(picture, state.open);
    else if (!found.grouped) pictured[name] = readGraph(picture, state.open);
    box.replaceChildren(picture);
  }
  refreshPictures();
}

/** Draw what was decided into the pictures of the open narrative. */
function refreshPictures() {
  if (!pictured.graph) return lightPictures();
  const at = view();
  const signature = JSON.stringify([at.mentions, at.roles, at.entities, at.components]);
  if (pictured.signature !== signature && (state.narratives[state.open].decisions.length || pictured.signature)) {
    if (pictured.graph) drawGraph(pictured.graph, at);
    if (pictured.trajectory) drawCourse(pictured.trajectory, at);
    pictured.signature = signature;
  }
  lightPictures();
}

const idsOf = (part) => part.dataset.mention.split(" ").filter(Boolean).map(Number);

/** Light up what belongs to the chosen mention, or to several. */
function lightPictures(also = null) {
  const wanted = new Set(also || (state.chosen === null ? [] : [state.chosen]));
  for (const picture of document.querySelectorAll(".picture > svg")) {
    picture.classList.toggle("has-choice", wanted.size > 0);
    for (const part of picture.querySelectorAll("[data-mention]")) part.classList.toggle("lit", idsOf(part).some((id) => wanted.has(id)));
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
