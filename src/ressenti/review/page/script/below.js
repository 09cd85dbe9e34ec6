// Below the account: the four components, and what a coach would ask.

const COMPONENTS = ["behavior", "feeling", "thinking", "territory"];

function drawComponents() {
  const at = view();
  const boxes = COMPONENTS.map((name) => {
    const parts = at.components.map((part, number) => [part, number]).filter(([part]) => part.component === name);
    const rows = parts.map(([part, number]) => {
      const said = short(words([part.span]), 60);
      const judgePart = (action) => {
        const what = t(`said_${action}`, { what: t("said_component", { what: t(`component_${name}`) }) });
        decideHere({ about: "component", action, was: wasComponent(part) }, what);
        tell(capital(what));
      };
      const given = part.source === "given" ? el("span", { class: "note" }, ` (${t("component_given")})`) : null;
      const kinds = COMPONENTS.map((kind) => el("option", { value: kind, selected: kind === name }, t(`component_${kind}`)));
      const move = (event) => {
        const what = t("said_change", { what: t("said_component", { what: t(`component_${event.target.value}`) }) });
        decideHere({ about: "component", action: "change", was: wasComponent(part), value: { component: event.target.value } }, what);
        tell(capital(what));
      };
      return el("li", { class: `is-${part.state}` },
        el("span", { class: "said" }, el("q", {}, short(words([part.span]), 240)), given, SIGNS[part.state] && ` ${SIGNS[part.state]}`),
        el("select", { "aria-label": t("kind_of_component", { what: said }), "data-key": `part-kind-${number}`, on: { change: move } }, kinds),
        el("span", { class: "pair" },
          button(`part-ok-${number}`, "✓", () => judgePart("accept"), { "aria-label": t("accept_component", { what: said }), title: t("accept") }),
          button(`part-no-${number}`, "✗", () => judgePart("reject"), { "aria-label": t("reject_component", { what: said }), title: t("reject") })));
    });
    return el("section", {}, el("h3", {}, t(`component_${name}`)), rows.length ? el("ul", {}, rows) : el("p", { class: "hint" }, t("component_missing")));
  });
  fill($("component-list"), boxes);
}

/** Questions on what was found, by its emotion as it is now; of contraries only while both are as they were found. */
function foundQuestions(at) {
  return record(state.open).questions.flatMap((question) => {
    const [first] = question.mentions.map((id) => at.byId.get(id));
    if (!first) return [question];
    const contraries = question.mentions.length === 2 && !question.lacks;
    if (contraries && question.mentions.some((id) => at.byId.get(id) && at.byId.get(id).emotion !== at.byId.get(id).found)) return [];
    const before = capital(label(first.found));
    return [question.text.startsWith(before) ? { ...question, text: capital(label(first.emotion)) + question.text.slice(before.length) } : question];
  });
}

/** Questions on what a coach has added, and for a component of which nothing is left. */
function addedQuestions(at) {
  const had = new Set(record(state.open).narrative.components.map(({ component }) => component));
  const emptied = COMPONENTS.filter((name) => had.has(name)).map((name) => ({ text: t(`question_${name}`), mentions: [], lacks: name }));
  return [...emptied, ...aboutAdded(at)];
}

function aboutAdded(at) {
  return at.mentions.filter((mention) => !mention.found && mention.status === "affirmed").flatMap((mention) => {
    const values = { emotion: capital(label(mention.emotion)), cue: short(cueOf(mention), 60) };
    const loves = emotions.get(mention.emotion) && emotions.get("love") && emotions.get(mention.emotion).primary === emotions.get("love").primary;
    return [...(loves ? [] : [["question_cause", "cause"]]), ["question_who", "experiencer"]].map(([key, lacks]) => ({ text: t(key, values), mentions: [mention.id], lacks }));
  });
}

function drawQuestions() {
  const at = view();
  const alive = (ids) => !ids.length || ids.some((id) => at.byId.has(id) && at.byId.get(id).state !== "rejected");
  const there = (item) => item.state !== "rejected";
  const answered = ({ mentions, lacks }) =>
    at.components.some((part) => part.component === lacks && there(part)) ||
    mentions.some((id) => (at.rolesOf.get(id) || []).some((role) => role.role === lacks && there(role)));
  const rows = [...foundQuestions(at), ...addedQuestions(at)].filter((question) => alive(question.mentions) && !answered(question)).map(({ text, mentions }) =>
    el("li", {}, mentions.length ? el("button", { type: "button", class: "link", on: { click: () => chooseAmong(mentions) } }, text) : text));
  fill($("question-list"), rows.length ? rows : el("li", { class: "hint" }, t("no_questions")));
}
