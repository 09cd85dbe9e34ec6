// The list of mentions, its filters, and decisions on all that they show.

const FILTERS = {
  emotion: () => settings.emotions.filter((emotion) => emotion.tier === "primary").map(({ key, label: text }) => [key, text]),
  sure: () => {
    const floors = Object.keys(FLOORS).filter((word) => FLOORS[word]);
    return [
      ...floors.map((word) => [word, t("sure_from", { words: t(`sure_${word}`) })]),
      ...floors.map((word) => [`<${word}`, t("sure_below", { words: t(`sure_${word}`) })]),
    ];
  },
  role: () => [
    ...ROLES.map((role) => [role, t(`role_${role}`)]), ...ROLES.map((role) => [`-${role}`, t("without_role", { role: t(`role_${role}`) })]),
  ],
  source: () => ["rule", "model", "review"].map((source) => [source, t(`source_${source}`)]),
  state: () => Object.keys(SIGNS).map((name) => [name, t(`state_${name}`)]),
};

/** Whether the filters show a mention; `roles` are its own. */
function passes(mention, roles) {
  const { emotion, role, sure, source, state: wanted } = state.filter;
  const emotionOf = emotions.get(mention.emotion);
  if (emotion && (!emotionOf || settings.emotions.find((one) => one.tier === "primary" && one.primary === emotionOf.primary).key !== emotion)) return false;
  if (sure) {
    const floor = FLOORS[sure.replace("<", "")];
    if (sure.startsWith("<") ? mention.confidence >= floor : mention.confidence < floor) return false;
  }
  if (role) {
    const has = roles.some((one) => one.role === role.replace("-", "") && one.state !== "rejected");
    if (has === role.startsWith("-")) return false;
  }
  if (source && (mention.source ? mention.source.split(":")[0] : "review") !== source) return false;
  return !wanted || mention.state === wanted;
}

/** The mentions of a narrative that the filters show. */
function filtered(number = state.open) {
  const at = view(number);
  return at.mentions.filter((mention) => passes(mention, at.rolesOf.get(mention.id) || []));
}

const STEP = 200;
let most = STEP;

/** The rows: the first of many, and more when they are asked for or when one of them is chosen. */
function drawList() {
  const shown = filtered();
  const at = shown.findIndex((mention) => mention.id === state.chosen);
  if (at >= most) most = Math.ceil((at + 1) / STEP) * STEP;
  const rows = shown.slice(0, most).map((mention) => el("li", {}, rowOf(mention)));
  const rest = shown.length - most;
  if (rest > 0) rows.push(el("li", {}, button("more", t("more_rows", { n: rest }), () => ((most += STEP), drawList()))));
  const none = view().mentions.length ? t("no_match") : t("no_emotions");
  fill($("rows"), rows.length ? rows : el("li", { class: "hint" }, none));
  $("shown").textContent = t("shown", { n: shown.length });
  lightList(false);
}

function rowOf(mention) {
  const sign = SIGNS[mention.state];
  return el("button", { type: "button", class: `row is-${mention.state} ${colour(mention.emotion)}`, "data-id": mention.id, "data-key": `row-${mention.id}` },
    el("span", { class: "dot", "aria-hidden": "true" }),
    el("span", { class: "name" }, capital(label(mention.emotion))), " ",
    el("q", {}, short(cueOf(mention), 40)), " ",
    el("span", { class: "note" },
      [mention.status === "affirmed" ? "" : t(`status_${mention.status}`), ...FLAGS.map((name) => (mention[name] ? t(`is_${name}`) : "")), sign ? `${sign} ${t(`state_${mention.state}`)}` : ""].filter(Boolean).join(" · ")));
}

function lightList(scroll) {
  for (const row of $("rows").querySelectorAll('[aria-current="true"]')) row.removeAttribute("aria-current");
  const find = () => (state.chosen === null ? null : $("rows").querySelector(`[data-id="${state.chosen}"]`));
  if (!find() && scroll && filtered().some((mention) => mention.id === state.chosen)) return drawList();
  const row = find();
  if (!row) return;
  row.setAttribute("aria-current", "true");
  if (scroll) {
    const box = $("rows");
    const [top, bottom] = [row.offsetTop - box.offsetTop, row.offsetTop - box.offsetTop + row.offsetHeight];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  }
}

/** Put a row anew, where it is shown and stays so. */
function refreshRow(id) {
  const row = $("rows").querySelector(`[data-id="${id}"]`);
  const mention = view().byId.get(id);
  if (!mention || Object.values(state.filter).some(Boolean)) return drawList();
  if (!row) return;
  const again = rowOf(mention);
  const focused = document.activeElement === row;
  row.replaceWith(again);
  if (focused) again.focus();
  lightList(false);
}

/** Accept or reject at once what the filters show and nobody has decided on yet. */
function judgeAll(action) {
  const everywhere = $("everywhere").value === "all";
  const act = () => {
    const numbers = everywhere ? settings.narratives.map((_, number) => number) : [state.open];
    const items = numbers.flatMap((number) =>
      filtered(number).filter((mention) => mention.state === "open").map((mention) => [number, { about: "mention", action, was: wasMention(mention) }]));
    const what = t("bulk_done", { n: items.length });
    decide(items, what);
    tell(what);
  };
  whenRead(act);
}

function setUpList() {
  for (const [name, options] of Object.entries(FILTERS)) {
    const box = $(`filter-${name}`);
    box.append(el("option", { value: "" }, name === "role" ? t("any_role") : t("all")), ...options().map(([value, text]) => el("option", { value }, text)));
    box.addEventListener("change", () => {
      state.filter[name] = box.value;
      drawList();
    });
  }
  $("accept-all").addEventListener("click", () => judgeAll("accept"));
  $("reject-all").addEventListener("click", () => judgeAll("reject"));
  $("rows").addEventListener("click", (event) => {
    const row = event.target.closest("[data-id]");
    if (row) choose(Number(row.dataset.id));
  });
  $("rows").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    walk(event.key === "ArrowDown" ? 1 : -1);
    const row = $("rows").querySelector('[aria-current="true"]');
    if (row) row.focus({ preventScroll: true });
  });
}
