// The characters: two that are one, one that is two, and what they are called.

function drawPeople() {
  const rows = view().entities.map((entity) => {
    const name = short(entityLabel(entity), 40);
    const rename = (event) => {
      const text = event.target.value.trim();
      if (!text || text === entity.label) return;
      decideEntity(entity, "change", { label: text }, t("said_change", { what: t("said_entity", { what: text }) }));
    };
    return el("li", {},
      el("input", { type: "checkbox", value: entity.id, "aria-label": t("tick", { label: name }), "data-key": `tick-${entity.id}` }),
      el("input", { type: "text", value: entity.id === "NARRATOR" && !entity.label ? t("narrator") : name, maxlength: 200, "aria-label": t("rename_of", { label: name }), "data-key": `name-${entity.id}`, on: { change: rename } }),
      el("span", { class: "note" }, t("times", { n: entity.mentions.length })),
      entity.mentions.length > 1 && button(`split-${entity.id}`, t("split") + "…", () => askSplit(entity), { "aria-label": t("split_title", { label: name }) }));
  });
  fill($("people-list"), rows);
}

function decideEntity(entity, action, value, what) {
  decideHere({ about: "entity", action, was: wasEntity(entity), value }, what);
  tell(capital(what));
}

function joinPeople() {
  const ids = [...$("people-list").querySelectorAll("input:checked")].map((box) => box.value);
  if (ids.length < 2) return tell(t("join_two"));
  const all = view().entities;
  const into = all.find((entity) => entity.id === (ids.includes("NARRATOR") ? "NARRATOR" : ids[0]));
  const others = all.filter((entity) => ids.includes(entity.id) && entity !== into);
  const items = others.map((entity) => [state.open, { about: "entity", action: "join", was: wasEntity(entity), value: wasEntity(into) }]);
  decide(items, t("said_join"));
  tell(capital(t("said_join")));
}

function askSplit(entity) {
  const { points } = record(state.open);
  const around = ([start, end]) => [
    "… ", points.slice(Math.max(0, start - 25), start).join("").replace(/\s+/gu, " "), el("strong", {}, points.slice(start, end).join("")),
    points.slice(end, end + 25).join("").replace(/\s+/gu, " "), " …",
  ];
  $("split-title").textContent = t("split_title", { label: short(entityLabel(entity), 40) });
  $("split-name").value = "";
  $("split-error").textContent = "";
  $("split-places").replaceChildren(...entity.mentions.map((span, number) =>
    el("li", {}, el("label", {}, el("input", { type: "checkbox", value: number }), " ", el("span", {}, around(span))))));
  $("split-form").onsubmit = (event) => {
    event.preventDefault();
    const mentions = [...$("split-places").querySelectorAll("input:checked")].map((box) => entity.mentions[Number(box.value)]);
    if (!mentions.length || mentions.length === entity.mentions.length) return void ($("split-error").textContent = t("split_one"));
    const value = { entity: freeId(), mentions };
    const name = $("split-name").value.trim();
    if (name) value.label = name;
    $("split-dialog").close();
    decideEntity(entity, "split", value, t("said_split"));
  };
  $("split-dialog").showModal();
}

function freeId() {
  const used = new Set(record(state.open).narrative.entities.map((entity) => entity.id));
  for (const { value } of state.narratives[state.open].decisions) if (value && value.entity) used.add(value.entity);
  let number = 1;
  while (used.has(`E${number}`)) number += 1;
  return `E${number}`;
}
