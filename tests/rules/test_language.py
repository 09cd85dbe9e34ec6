"""Files of rules: what is wrong in one is told with the file, the line of the very key or value, and what would be right."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from ressenti.errors import DataError
from ressenti.rules.language import check_terms, load_rules
from ressenti.rules.rules_schema import FILE, schema, text
from ressenti.rules.words import FRENCH
from ressenti.rules.yaml_lines import read_yaml

GOOD = """macros:
  who: subject | possessor
words:
  forms:
    loudly: [fort, haut]
rules:
  - id: one
    about: a rule with everything
    priority: 2
    trigger: {construction: [obj, subj], pos: VERB, mode: labelled, emotion: fear}
    when:
      - subject[pos=NOUN]? > self
    unless: ["dependent(obl)[$loudly]"]
    without: [target]
    roles:
      experiencer: ["@who", object:person]
    mode: behavioural
    set: {time: past, wish: true, reported: governor($say) > subject}
    examples:
      - J'ai peur.
  - id: two
    trigger: {lemma: trembloter/V, form: glagla}
    mention: {emotion: fear, mode: behavioural, intensity: high, construction: act, cue: [object]}
"""

# what replaces what in the good file; the line of the error; what it says; whether the schema sees it too
BROKEN = [
    ("rules:", "ruels:", 6, "unknown key 'ruels'; did you mean 'rules'?", True),
    ("about:", "abuot:", 8, "unknown key 'abuot'; did you mean 'about'?", True),
    ("  - id: one", "  - name: one", 7, "the rule has no id", True),
    ("priority: 2", "priority: high", 9, "'priority' must be a whole number, not 'high'", True),
    ("construction: [obj, subj]", "construct: obj", 10, "unknown trigger key 'construct'; did you mean 'construction'?", True),
    ("[obj, subj]", "[obj, subject]", 10, "unknown construction 'subject'", True),
    ("pos: VERB", "pos: VERBE", 10, "unknown pos 'VERBE'; did you mean 'VERB'?", True),
    ("mode: labelled", "mode: labeled", 10, "unknown mode 'labeled'; did you mean 'labelled'?", True),
    ("emotion: fear}", "emotion: feer}", 10, "unknown emotion 'feer'; did you mean 'fear'?", True),
    ("emotion: fear}", "emotion: }", 10, "the trigger key 'emotion' has no value", True),
    ("subject[pos=NOUN]?", "subjet[pos=NOUN]?", 12, "unknown function 'subjet'; did you mean 'subject'?", False),
    ("[pos=NOUN]?", "[Numbr=Plur]?", 12, "unknown condition 'Numbr'; did you mean 'Number'?", False),
    ("[$loudly]", "[$loudy]", 13, "unknown word class '$loudy'; did you mean '$loudly'?", False),
    ("dependent(obl)", "dependent(obll)", 13, "unknown relation 'obll'; did you mean 'obl'?", False),
    ("[target]", "[targets]", 14, "unknown without 'targets'; did you mean 'target'?", True),
    ("      experiencer:", "      experiencr:", 16, "unknown role 'experiencr'; did you mean 'experiencer'?", True),
    ('"@who"', '"@whom"', 16, "unknown macro '@whom'; did you mean '@who'?", False),
    ("  who: subject", "  who: subjct", 2, "macro 'who': unknown function 'subjct'", False),
    ("  who: subject | possessor", "  who: [subject]", 2, "must stand for one path", True),
    ("  who: subject", "  who: '@who > subject'\n  x: subject", 2, "leads back to itself: @who > @who", False),
    ("  forms:", "  form:", 4, "unknown section 'form'; did you mean 'forms'?", True),
    ("loudly: [fort, haut]", "loudly: fort", 5, "must be a list of words", True),
    ("loudly: [fort, haut]", "persons: [fort]", 5, "the word class 'persons' exists already, at ", False),
    ("forms:\n    loudly", "verbs:\n    loudly", 5, "cannot conjugate 'fort'", False),
    ("mode: behavioural\n    set", "mode: behaviour\n    set", 17, "unknown mode 'behaviour'; did you mean 'behavioural'?", True),
    ("time: past", "time: yesterday", 18, "unknown time 'yesterday'", True),
    ("wish: true", "wishes: true", 18, "unknown key of 'set' 'wishes'; did you mean 'wish'?", True),
    ("      - J'ai peur.", "      - {a: b}", 20, "'examples' must hold texts", True),
    ("  - id: two", "  - id: one", 21, "the rule 'one' stands already at", False),
    ("trembloter/V", "tremblottter/N, [", 22, "is not well-formed YAML", False),
    ("lemma: trembloter/V", "lemma: trembler de peur", 22, "is more than a word", True),
    ("form: glagla", "construction: obj", 22, "'construction' asks for a vocabulary entry and 'lemma' for a word", True),
    ("emotion: fear, mode: behavioural, int", "mode: behavioural, int", 23, "the mention has no emotion", True),
    ("intensity: high", "intensity: hgih", 23, "unknown intensity 'hgih'; did you mean 'high'?", True),
    ("    mention: {", "    group: circumstance\n    mention: {", 23, "a rule that makes one is of the group 'core'", True),
    ("trigger: {lemma: trembloter/V, form: glagla}", "trigger: {mode: suggested}", 23, "'mention' goes with a trigger by lemma", True),
    ("    trigger: {lemma: trembloter/V, form: glagla}\n", "", 21, "has no trigger", True),
    ("    about: a rule", "    id: one\n    about: a rule", 8, "gives the key 'id' twice", False),
]


def write(folder: Path, content: str) -> Path:
    path = folder / "rules.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_rule_with_everything(tmp_path):
    rules = {rule.id: rule for rule in load_rules(write(tmp_path, GOOD))}
    one, two = rules["one"], rules["two"]
    assert (one.id, one.priority, one.mode, one.where) == ("one", 2, "behavioural", f"{tmp_path / 'rules.yaml'}:7")
    assert "panic" in one.trigger.keys["emotion"], "an emotion stands for all those under it"
    assert [path.text for path in one.roles["experiencer"]] == ["@who", "object:person"]
    assert one.set["time"] == "past" and one.set["wish"] is True
    assert two.trigger.is_word and {"tremblotais", "glagla"} <= two.trigger.forms
    assert two.mention is not None and two.mention.intensity == "high"


@pytest.mark.parametrize(("right", "wrong", "line", "reason", "_"), BROKEN, ids=[reason for *_, reason, _ in BROKEN])
def test_what_is_wrong_is_told_where_it_stands(tmp_path, right, wrong, line, reason, _):
    assert right in GOOD
    path = write(tmp_path, GOOD.replace(right, wrong, 1))
    with pytest.raises(DataError) as error:
        load_rules(path)
    assert reason in error.value.reason
    assert error.value.line == line


@pytest.mark.parametrize(("right", "wrong", "reason"), [(right, wrong, reason) for right, wrong, _, reason, seen in BROKEN if seen])
def test_the_schema_sees_what_an_editor_can_see(tmp_path, right, wrong, reason):
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(read_yaml(write(tmp_path, GOOD.replace(right, wrong, 1)))))


@pytest.mark.parametrize("file", [None, *sorted((FRENCH / "rules").glob("*.yaml"))], ids=lambda file: file.name if file else "good")
def test_the_schema_takes_what_the_loader_takes(tmp_path, file):
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(read_yaml(file or write(tmp_path, GOOD)))


def test_the_shipped_schema_is_current():
    assert FILE.read_text(encoding="utf-8") == text(), "run: python -m ressenti.rules.rules_schema"
    json.loads(text())


def rules(*items: str) -> str:
    return "rules:\n" + "".join(f"  - {item}\n" for item in items)


@pytest.mark.parametrize(
    ("earlier", "later", "shadowed"),
    [
        ("{id: a, trigger: {construction: obj}}", "{id: b, trigger: {construction: obj, mode: labelled}, when: subject}", True),
        ("{id: a, trigger: {construction: [obj, subj]}}", "{id: b, trigger: {construction: obj}}", True),
        ("{id: a, trigger: {construction: obj}}", "{id: b, trigger: {construction: [obj, subj]}}", False),
        ("{id: a, trigger: {construction: obj}, when: subject}", "{id: b, trigger: {construction: obj}}", False),
        ("{id: a, trigger: {construction: obj}, unless: subject}", "{id: b, trigger: {construction: obj}}", False),
        ("{id: a, trigger: {construction: obj}}", "{id: b, trigger: {construction: obj}, when: subject, priority: 1}", False),
        ("{id: a, group: circumstance, trigger: {}}", "{id: b, group: circumstance, trigger: {}}", False),
        ("{id: a, trigger: {}}", "{id: b, trigger: {lemma: trembloter}, mention: {emotion: fear, mode: behavioural}}", False),
    ],
)
def test_a_rule_that_can_never_fire(tmp_path, earlier, later, shadowed):
    path = write(tmp_path, rules(earlier, later))
    if not shadowed:
        load_rules(path)
        return
    with pytest.raises(DataError, match=r"rule 'b' can never fire: 'a' .* takes all its triggers") as error:
        load_rules(path)
    assert error.value.line == 3


def test_a_users_rule_is_tried_before_the_shipped_ones_and_replaces_its_namesake(tmp_path):
    mine = load_rules(write(tmp_path, rules("{id: act, trigger: {construction: act}}")))
    assert next(rule for rule in mine if rule.priority == 0).where.startswith(str(tmp_path))
    assert [rule.id for rule in mine].count("act") == 1


def test_of_a_users_rules_the_lowest_comes_last(tmp_path):
    assert load_rules(write(tmp_path, rules("{id: mine, group: consequence, trigger: {}, when: subject, priority: -1}")))[-1].id == "mine"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("rules: &a [*a]\n", 1),
        ("words:\n  forms:\n    a: &a [oui]\n    b: *a\n", 4),
        ("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)), 2),
    ],
)
def test_an_alias_is_refused_before_it_is_followed(tmp_path, content, line):
    with pytest.raises(DataError, match=r"the alias « \*a0? » stands for what is written elsewhere") as error:
        load_rules(write(tmp_path, content))
    assert error.value.line == line


def test_an_ampersand_is_no_alias(tmp_path):
    path = write(tmp_path, "about: Dupont & fils *et* Cie\nnever: &used x\n")
    assert read_yaml(path) == {"about": "Dupont & fils *et* Cie", "never": "x"}


def test_a_file_nested_too_deep(tmp_path):
    with pytest.raises(DataError, match="nested too deep"):
        load_rules(write(tmp_path, f"rules: {'[' * 900}{']' * 900}\n"))


def test_an_edited_file_is_read_anew(tmp_path):
    for emotion in ("joy", "fear"):
        content = rules(f"{{id: mine, trigger: {{form: zut}}, mention: {{emotion: {emotion}, mode: labelled}}}}")
        mine = next(rule for rule in load_rules(write(tmp_path, content)) if rule.id == "mine")
        assert mine.mention is not None and mine.mention.emotion == emotion
    assert load_rules() is load_rules()


def test_macros_and_classes_of_one_file_serve_another(tmp_path):
    (tmp_path / "a.yaml").write_text("macros: {twice: subject > subject}\nwords: {forms: {mine: [oui]}}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(rules('{id: x, trigger: {}, group: circumstance, when: "@twice[$mine]"}'), encoding="utf-8")
    assert "x" in {rule.id for rule in load_rules(tmp_path)}


def test_terms_are_held_against_the_vocabulary(tmp_path, annotator):
    path = write(tmp_path, rules("{id: x, trigger: {term: [peur, pneur]}}"))
    with pytest.raises(DataError, match="unknown term 'pneur'; did you mean 'peur'"):
        check_terms(load_rules(path), annotator.vocabulary)


def test_a_file_that_is_none(tmp_path):
    for content, reason in (("", "is empty"), ("- a\n", "must hold rules"), ("rules: {a: b}\n", "must hold a list of rules")):
        with pytest.raises(DataError, match=reason):
            load_rules(write(tmp_path, content))
    (tmp_path / "none").mkdir()
    with pytest.raises(DataError, match="holds no rules"):
        load_rules(tmp_path / "none")
