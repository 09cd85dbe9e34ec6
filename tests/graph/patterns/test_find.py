"""The patterns of narratives, from the real annotator and from marks made by hand."""

from __future__ import annotations

import json
import re

import pytest

from graph.accounts import EMPTY, annotated, everything, odd
from ressenti.graph.patterns import KINDS, find_patterns
from ressenti.graph.patterns.felt import Telling
from ressenti.graph.patterns.rows import felts, proofs
from ressenti.schema import Component, Entity, Mention, Narrative, Role

NARRATIVES = {n.id: n for n in annotated()}
PRIMARY = {"anger": "anger", "rage": "anger", "guilt": "sadness", "sadness": "sadness", "sorrow": "sadness", "fear": "fear", "joy": "joy"}
PRIMARY |= {
    "jealousy": "anger",
    "love": "love",
    "anxiety": "fear",
    "shame": "sadness",
    "relief": "joy",
    "happiness": "joy",
    "hope": "joy",
    "humiliation": "sadness",
}


def told(text: str, *felt: str, people: dict[str, str] | None = None, **extra: object) -> Narrative:
    """A narrative from mentions written ``emotion who cue [status] [role=words@entity …]``; ``~`` is a blank."""
    mentions, roles = [], []

    def at(words: str) -> tuple[int, int]:
        (match,) = re.finditer(rf"(?<!\w){re.escape(words.replace('~', ' '))}(?!\w)", text)
        return match.span()

    for id_, line in enumerate(felt, start=1):
        emotion, who, cue, *rest = line.split()
        status = next((word for word in rest if "=" not in word), "affirmed")
        more = {"ambivalent_with": [int(word[5:]) for word in rest if word.startswith("with=")]} if "with=" in line else {}
        mode = "suggested" if "mode=suggested" in rest else "labelled"
        mentions.append(Mention(id_, (at(cue),), emotion, None, PRIMARY[emotion], mode, status, "medium", 0.9, "rule:x", more))
        if who != "?":
            roles.append(Role(id_, "experiencer", at(cue), who, "rule:x"))
        for word in rest:
            name, _, words = word.partition("=")
            if name in ("cause", "target", "consequence"):
                words, _, entity = words.partition("@")
                roles.append(Role(id_, name, at(words), entity or None, "rule:x"))
    entities = [Entity("NARRATOR", "narrateur", ())]
    entities += [Entity(id_, words, (at(words),)) for id_, words in (people or {}).items()]
    return Narrative("n", text, [], mentions, roles, entities, {}, extra)


def keys(patterns, kind):
    return [tuple(felt.emotion for felt in felts(pattern)) for pattern in patterns.found[kind]]


def found(narrative, kind, **options):
    return find_patterns(narrative, [kind], **options).found[kind]


@pytest.mark.parametrize(
    ("narrative", "cause", "by", "through", "emotion", "whose"),
    [
        ("orage", "mon père a crié", "mon père", ["anger"], "fear", "narrateur"),
        ("orage", "j’avais menti", "narrateur", [], "fury", "mon père"),
        ("depart", "sa tristesse", None, ["sadness"], "anger", "narrateur"),
        ("chien", "cette culpabilité", None, ["guilt"], "rage", "narratrice"),
        ("chien", "moi", "narratrice", [], "fear", "Paul"),
    ],
)
def test_who_causes_what_in_whom(narrative, cause, by, through, emotion, whose):
    one = next(c for c in found(NARRATIVES[narrative], "causes") if c.cause.text == cause and c.felt.emotion == emotion)
    assert (one.by.label if one.by else None, [felt.emotion for felt in one.through], one.felt.who.label) == (by, through, whose)
    assert [NARRATIVES[narrative].text[slice(*span)] for span in one.cause.spans] == [cause]


def test_what_is_denied_is_caused_by_nothing_and_denied():
    text = "Sa colère ne m’a pas fait peur, mais honte."
    narrative = told(text, "anger E1 colère", "fear NARRATOR peur negated cause=Sa~colère", "rage NARRATOR honte", people={"E1": "Sa"})
    patterns = find_patterns(narrative)
    assert not patterns.found["causes"] and not patterns.found["chains"]
    (one,) = patterns.found["denied"]
    assert one.felt.emotion == "fear" and [words.text for words in one.about] == ["Sa colère"] and not one.elsewhere


def test_a_denied_emotion_is_affirmed_elsewhere_only_by_itself_or_a_kind_of_it():
    text = "Pas de colère. De la rage, oui. De la peur."
    narrative = told(text, "anger NARRATOR colère negated", "rage NARRATOR rage", "fear NARRATOR peur")
    (one,) = found(narrative, "denied")
    assert [felt.cue.text for felt in one.elsewhere] == ["rage"]
    (one,) = found(told(text, "rage NARRATOR rage negated", "anger NARRATOR colère"), "denied")
    assert not one.elsewhere


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("J’ai peur de perdre une mission que j’aime.", ["fear NARRATOR peur cause=perdre~une~mission~que~j’aime", "joy NARRATOR aime"]),
        (
            "J’avais honte : mon fils, qui rageait, est parti.",
            ["shame NARRATOR honte cause=mon~fils,~qui~rageait,~est~parti", "rage E1 rageait"],
        ),
        ("J’ai peur qu’il soit humilié.", ["fear NARRATOR peur cause=il~soit~humilié", "humiliation E1 humilié"]),
        ("J’ai peur de pleurer.", ["fear NARRATOR peur cause=pleurer", "sorrow NARRATOR pleurer mode=labelled"]),
        ("Sa mort m’a mis en rage.", ["rage NARRATOR rage cause=Sa~mort", "sorrow ? mort mode=suggested"]),
    ],
)
def test_what_stands_in_a_cause_and_is_not_it(text, felt):
    assert not found(told(text, *felt), "chains")


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("J’ai eu peur quand il a rugi de rage.", ["fear NARRATOR peur cause=il~a~rugi~de~rage", "rage E1 rage"]),
        ("J’avais honte de pleurer.", ["shame NARRATOR honte cause=pleurer", "sorrow NARRATOR pleurer"]),
        ("Ce qui m’énervait m’a fait peur.", ["fear NARRATOR peur cause=Ce~qui~m’énervait", "anger NARRATOR énervait"]),
        ("L’idée qu’il rageait me peinait.", ["sorrow NARRATOR peinait cause=L’idée~qu’il~rageait", "rage E1 rageait"]),
        ("J’avais si honte que j’ai rougi de colère.", ["shame NARRATOR honte consequence=j’ai~rougi~de~colère", "anger NARRATOR colère"]),
    ],
)
def test_what_stands_in_a_cause_and_is_it(text, felt):
    assert len(found(told(text, *felt), "chains")) == 1


LOOP = told(
    "Ma colère me faisait honte, la culpabilité me mettait en rage, et ma rage rendait Zoé triste.",
    "anger NARRATOR colère", "shame NARRATOR honte cause=Ma~colère", "guilt NARRATOR culpabilité",
    "rage NARRATOR en~rage cause=la~culpabilité", "rage NARRATOR ma~rage", "sadness E1 triste cause=ma~rage",
    people={"E1": "Zoé"},
)  # fmt: skip


def test_chains_go_on_from_one_mention_to_another_of_the_same_emotion():
    chains = find_patterns(LOOP, ["chains"], tier="emotion")
    assert keys(chains, "chains") == [("anger", "shame"), ("guilt", "rage", "sadness")]
    assert [tuple(f.emotion for f in c.steps) for c in found(LOOP, "chains", length=2)] == [
        ("anger", "shame"), ("guilt", "rage"), ("rage", "sadness")
    ]  # fmt: skip
    assert ("guilt", "rage", "sadness") in keys(find_patterns(LOOP, ["chains"], tier="primary"), "chains")
    words = [link.words.text for link in chains.found["chains"][1].links]
    assert words == ["la culpabilité", "ma rage"]


def test_loops_by_cause_come_back_to_where_they_began():
    (loop,) = (one for one in found(LOOP, "loops") if one.kind == "cause")
    assert [felt.emotion for felt in loop.steps] == ["anger", "shame", "rage"] and loop.back == "anger"
    assert not [one for one in found(LOOP, "loops", tier="emotion") if one.kind == "cause"]


def test_a_return_is_no_loop_and_needs_another_emotion_between():
    text = "peur1 joie1 peur2 peur3 colère1 joie2"
    felt = [f"{e} NARRATOR {w}" for e, w in zip(("fear", "joy", "fear", "fear", "anger", "joy"), text.split(), strict=True)]
    back = [tuple(f.cue.text for f in loop.steps) for loop in found(told(text, *felt), "loops")]
    assert back == [("peur1", "joie1", "peur2"), ("joie1", "peur2", "colère1", "joie2")]
    assert not found(told("peur1 souci peur2", "fear NARRATOR peur1", "anxiety NARRATOR souci", "fear NARRATOR peur2"), "loops")


def test_exchanges_go_to_another_and_back():
    narrative = told(
        "Ma colère lui faisait peur, et sa crainte me faisait honte.",
        "anger NARRATOR colère", "fear E1 peur cause=Ma~colère", "fear E1 crainte", "shame NARRATOR honte cause=sa~crainte",
        people={"E1": "lui"},
    )  # fmt: skip
    (loop,) = found(narrative, "loops")
    assert loop.kind == "exchange" and [felt.emotion for felt in loop.steps] == ["anger", "fear", "shame"]
    text = "Ma colère lui faisait peur, et sa crainte me mettait en rage."
    felt = ("anger NARRATOR colère", "fear E1 peur cause=Ma~colère", "fear E1 crainte", "rage NARRATOR en~rage cause=sa~crainte")
    assert [loop.kind for loop in found(told(text, *felt, people={"E1": "lui"}), "loops")] == ["cause"]


def test_what_an_event_leads_to_and_causes_links_two_emotions():
    text = "J’avais honte, alors j’ai menti. Elle rageait que j’aie ri."
    narrative = told(text, "shame NARRATOR honte consequence=j’ai~menti", "rage E1 rageait cause=j’ai~menti", people={"E1": "Elle"})
    assert keys(find_patterns(narrative), "chains") == [("shame", "rage")]


def test_courses_are_each_persons_own_and_say_what_followed():
    (mine, his) = found(NARRATIVES["orage"], "courses")
    assert [felt.emotion for felt in mine.steps] == ["fear", "shame", "relief"] and [link.kind for link in mine.links] == ["order", "then"]
    assert mine.links[1].words.text == "puis" and [felt.emotion for felt in his.steps] == ["anger", "fury"]
    assert len(found(NARRATIVES["orage"], "courses", length=2)) == 3


def test_a_word_of_succession_belongs_to_the_sentence_of_the_second():
    text = "La peur m’a pris tout à coup. J’avais honte."
    (course,) = found(told(text, "fear NARRATOR peur", "shame NARRATOR honte"), "courses")
    assert course.links[0].kind == "order"


def test_one_told_as_the_cause_of_another_comes_before_it():
    text = "Puis j’ai eu honte de ma colère."
    (course,) = found(told(text, "shame NARRATOR honte cause=ma~colère", "anger NARRATOR colère"), "courses")
    assert [(f.emotion) for f in course.steps] == ["anger", "shame"] and course.links[0].kind == "cause"


def test_uncaused_looks_at_the_whole_narrative():
    text = "J’avais peur0. J’avais peur1 parce qu’il criait. J’étais triste envers lui. On pleurait. Une joie."
    narrative = told(
        text, "fear NARRATOR peur0", "fear NARRATOR peur1 cause=il~criait", "sadness NARRATOR triste target=lui", "joy ? joie",
        "sorrow NARRATOR pleurait mode=suggested",
    )  # fmt: skip
    (one,) = found(narrative, "uncaused")
    assert one.felt[0].emotion == "sadness" and [words.text for words in one.towards] == ["lui"]


def test_ambivalences_say_what_they_rest_on():
    text = "J’étais à la fois triste et heureux. Je l’aime, de joie, avec tristesse. Joie puis chagrin. Ça me peine. Ça me réjouit."
    narrative = told(
        text, "sadness NARRATOR triste with=2", "happiness NARRATOR heureux with=1", "joy NARRATOR joie", "sadness NARRATOR tristesse",
        "joy NARRATOR Joie", "sorrow NARRATOR chagrin", "sorrow NARRATOR peine", "joy NARRATOR réjouit",
    )  # fmt: skip
    assert [(one.source, one.one.cue.text, one.other.cue.text) for one in found(narrative, "ambivalences")] == [
        ("text", "triste", "heureux"), ("sentence", "joie", "tristesse"),
    ]  # fmt: skip


def test_contraries_about_one_target_but_not_about_what_a_pronoun_takes_up():
    text = "Ce métier me réjouissait. Plus loin. Je suis triste de ce métier-là. Ça m’égaie. Non. Le reste, je le regrette, ça."
    about = ("joy NARRATOR réjouissait cause=Ce~métier@E1", "sadness NARRATOR triste cause=ce~métier-là@E1")
    assert [one.source for one in found(told(text, *about, people={"E1": "métier-là"}), "ambivalences")] == ["target"]
    assert not found(told(text, "joy NARRATOR égaie cause=Ça", "sadness NARRATOR regrette cause=ça"), "ambivalences")


def test_an_emotion_and_what_it_is_made_of_are_no_contraries():
    assert not found(told("Jalouse et peur.", "jealousy NARRATOR Jalouse", "fear NARRATOR peur"), "ambivalences")


def test_territory_holds_what_is_felt_in_it_and_about_it():
    text = "On a pris mon atelier, et j’en tremble de peur. J’étais triste de perdre tout cela."
    narrative = told(text, "fear NARRATOR peur cause=mon~atelier", "sadness NARRATOR triste cause=On~a~pris~mon~atelier")
    narrative.components = [Component("territory", (0, 46), "given"), Component("feeling", (47, len(text)), "given")]
    (one,) = found(narrative, "territory")
    assert (
        one.given and one.whose.narrator and [f.emotion for f in one.inside] == ["fear"] and [f.emotion for f in one.about] == ["sadness"]
    )


def test_others_as_the_narrative_gives_them():
    assert [(one.felt.who.label, one.felt.emotion) for one in found(NARRATIVES["orage"], "others")] == [
        ("mon père", "anger"), ("mon père", "fury")
    ]  # fmt: skip


def test_every_pattern_is_proved_by_words_of_the_text():
    number = 0
    for narrative in everything():
        patterns = find_patterns(narrative)
        assert tuple(patterns.found) == KINDS
        json.dumps(patterns.to_dict())
        for several in patterns.found.values():
            for pattern in several:
                number += 1
                assert felts(pattern) or pattern.words
                for words in proofs(pattern):
                    assert words.spans and all(0 <= start < end <= len(narrative.text) for start, end in words.spans)
    assert number > 30
    assert not any(find_patterns(EMPTY).found.values())


def test_kinds_and_lengths_that_are_none():
    with pytest.raises(ValueError, match="no kind of pattern is called 'x'; there are causes"):
        find_patterns(EMPTY, ["x"])
    with pytest.raises(ValueError, match="a chain of 1 is none"):
        find_patterns(EMPTY, length=1)


def test_each_who_feels_a_mention_is_found_at_their_node():
    telling = Telling(odd())
    assert [felt.who for felt in telling.felt[3]] == [None]
    assert [felt.who.label for felt in telling.felt[1]] == ["narratrice"]
