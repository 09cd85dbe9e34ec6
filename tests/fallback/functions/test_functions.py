"""What each shipped function says of made-up sentences, annotated by the rules."""

import pytest

import ressenti
from ressenti.fallback.functions import Seen, shipped_functions, shipped_terms
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.passages import contexts
from ressenti.schema import Component, Narrative

FUNCTIONS = {function.name: function for function in shipped_functions()}


@pytest.fixture(scope="module")
def annotator():
    return ressenti.load()


def said(annotator, text, name, sentence=0):
    seen = Seen(list(contexts([annotator(text)]))[sentence], shipped_terms())
    return {("" if vote > 0 else "not ") + label for label, vote in FUNCTIONS[name].votes(seen)}


def test_each_has_a_name_of_its_own_and_says_what_it_looks_at():
    functions = shipped_functions()
    assert len(FUNCTIONS) == len(functions)
    assert all(function.about for function in functions)


CASES = [
    ("J'ai très peur de l'orage.", "rule-labelled-sure", {"mode:labelled", "fear"}),
    ("Je n'ai pas peur de l'orage.", "rule-labelled-sure", {"mode:labelled", "emotion"}),
    ("Je n'ai pas peur de l'orage.", "rule-negated", {"fear"}),
    ("As-tu peur de l'orage ?", "rule-hypothetical", {"fear"}),
    ("Le train de midi est arrivé.", "rule-labelled-sure", set()),
    ("Zut, j'ai oublié mes clés.", "interjections", {"emotion", "mode:displayed"}),
    ("Tout à coup, la lumière s'éteignit.", "surprise-markers", {"surprise"}),
    ("D’un coup la porte s’ouvrit, contre toute attente.", "surprise-markers", {"surprise"}),
    ("Son nouveau voisin est… un cochon !", "twists", {"surprise", "mode:displayed"}),
    ("Ils dénoncèrent la réforme.", "public-protest", {"anger", "mode:behavioural"}),
    ("Les habitants avaient manifesté hier.", "public-protest", {"anger", "mode:behavioural"}),
    ("Il écarquilla les yeux.", "bodily-surprise", {"surprise", "mode:behavioural"}),
    ("La guerre a chassé mes parents.", "threat", {"fear", "mode:suggested"}),
    ("La guerre de 1914 a duré quatre ans.", "threat", set()),
    ("Sa grand-mère est décédée.", "loss", {"sadness", "mode:suggested"}),
    ("Elle a remporté la médaille.", "success", {"joy", "mode:suggested"}),
    ("C'est une situation scandaleuse.", "evaluation-bad", {"emotion"}),
    ("Si seulement il était resté.", "wishes-and-regrets", {"emotion", "mode:displayed"}),
    ("On appelle cela une éclipse.", "definitions", {"not emotion"}),
    ("On appelle cela une honte, quel mensonge.", "definitions", set()),
    ("Viens vite !", "exclaimed", {"emotion", "mode:displayed"}),
    ("Viens vite.", "exclaimed", set()),
    ("Ce pays est dix-sept fois plus grand que la France !", "exclaimed-fact", {"surprise", "mode:displayed"}),
    ("– Ce pays est dix-sept fois plus grand que la France !", "exclaimed-fact", set()),
    ("Le marché ouvre à neuf heures.", "not-exclaimed", {"not mode:displayed"}),
    ("Quelle chance nous avons !", "exclamative", {"emotion", "mode:displayed"}),
    ("Comme c’est beau !", "exclamative", {"emotion", "mode:displayed"}),
    ("Qu’elle est grande !", "exclamative", {"emotion", "mode:displayed"}),
    ("Comme ça, pas d’excuses !", "exclamative", set()),
    ("Quelle heure est-il ?", "exclamative", set()),
    ("Tu as fait quoi ?!", "mixed-marks", {"emotion", "mode:displayed"}),
    ("Noooon, pas lui.", "drawn-out", {"emotion", "mode:displayed"}),
    ("Jamais, jamais je n'irai.", "drawn-out", {"emotion", "mode:displayed"}),
    ("Louis XIII régna longtemps.", "drawn-out", set()),
    ("Si j'avais su…", "trailing", {"emotion", "mode:displayed"}),
    ("Il y a des lions, des tigres, des ours…", "trailing", set()),
    ("Mais pourquoi moi ?", "question-to-oneself", {"emotion", "mode:displayed"}),
    ("Le pont mesure 120 mètres.", "facts", {"not emotion"}),
    ("Ma sœur mesure 120 centimètres.", "facts", set()),
    ("Où se trouve le musée ?", "plain-question", {"not emotion"}),
    ("Où est mon sac ?", "plain-question", set()),
    ("La capitale du pays", "heading", {"not emotion"}),
    ("Les feuilles tombent en automne.", "nobody", {"not emotion"}),
    ("Mon frère tombe.", "nobody", set()),
    ("Je savais bien que ça finirait ainsi !", "told-by-i", {"emotion"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "expected"), CASES)
def test_votes(annotator, text, name, expected):
    assert said(annotator, text, name) == expected


def test_neighbours(annotator):
    text = "Il était furieux contre son frère. Il sortit. Les feuilles tombaient. Les arbres étaient verts."
    assert said(annotator, text, "named-beside", 1) == {"anger"}
    assert said(annotator, text, "named-beside", 2) == set()
    assert said(annotator, text, "calm-beside", 2) == {"not emotion"}
    assert said(annotator, text, "calm-beside", 1) == set()


def test_a_term_that_no_rule_takes(annotator):
    taken = annotator("Elle a peur.")
    bare = Narrative("bare", "Elle a peur.")
    found = [FUNCTIONS["word-untaken"].votes(Seen(next(contexts([one])), shipped_terms())) for one in (taken, bare)]
    assert [list(votes) for votes in found] == [[], [("emotion", 1)]]


def test_components(annotator):
    text = "J'étais tendu."
    given = Narrative("given", text, [Component("feeling", (0, len(text)), "given")])
    seen = Seen(next(contexts([given])), shipped_terms())
    assert set(FUNCTIONS["component-given"].votes(seen)) == {
        ("component:feeling", 1), ("component:behavior", -1), ("component:thinking", -1), ("component:territory", -1), ("emotion", 1),
    }  # fmt: skip
    assert not list(FUNCTIONS["component-found"].votes(seen))
    assert ("component:thinking", 1) in FUNCTIONS["component-found"].votes(
        Seen(next(contexts([annotator("Je me suis dit que non.")])), shipped_terms())
    )


def test_only_labels_are_voted_for(annotator):
    text = "Quelle horreur ! J'ai peur de mourir, je pleure, ils ont gagné la guerre et perdu leur maison… Il fêtera ça, soudain ravi !"
    for context in contexts([annotator(text)]):
        for function in FUNCTIONS.values():
            assert all(
                label in shipped_labels().index and vote in (1, -1) for label, vote in function.votes(Seen(context, shipped_terms()))
            )
