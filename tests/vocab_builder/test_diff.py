import json

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.ontology.emotions import DATA
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules.annotator import Annotator
from ressenti.rules.parser import load_parser
from ressenti.schema import Narrative
from ressenti.vocab_builder.promotion.diff import Diff, changes
from ressenti.vocab_builder.promotion.diff_report import excerpt, render

SHIPPED = (DATA / "vocabulary_fr.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
MOVED = {("peur", "NOUN"): "horror", ("triste", "ADJ"): "anger"}
ADDED = "marathonite\tNOUN\tnervousness\tnoun-cause\tlabelled\tmedium\tstandard" + "\t" * 7 + "\n"
ACCOUNTS = [
    Narrative("a", "J’ai eu peur du noir. Ma sœur était triste."),
    Narrative("b", "Quelle joie ce fut de le revoir !"),
    Narrative("c", "J’ai ressenti de la frayeur. Puis j’ai eu de la marathonite avant l’examen."),
    Narrative("d", "Il faisait beau et nous marchions."),
]


def changed(line):
    term, pos, emotion, rest = line.split("\t", 3)
    return "" if term == "frayeur" else "\t".join((term, pos, MOVED.get((term, pos), emotion), rest))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The shipped vocabulary, and one in which a term is new, one is gone, and two say something else."""
    folder = tmp_path_factory.mktemp("tables")
    for name, lines in (("old.tsv", SHIPPED), ("new.tsv", [*map(changed, SHIPPED), ADDED])):
        (folder / name).write_text("".join(lines), encoding="utf-8")
    return folder / "old.tsv", folder / "new.tsv"


@pytest.fixture(scope="module")
def compared(tables):
    return Diff(load_parser(), *(load_vocabulary(path) for path in tables))


def test_entries_that_differ(tables):
    found = changes(*(load_vocabulary(path) for path in tables))
    assert {(c.entry.term, c.old and c.old.emotion, c.new and c.new.emotion) for c in found} == {
        ("frayeur", "fright", None), ("marathonite", None, "nervousness"), ("peur", "fear", "horror"), ("triste", "sadness", "anger"),
    }  # fmt: skip
    assert not changes(load_vocabulary(tables[0]), load_vocabulary(tables[0]))


def test_mentions_that_differ(compared):
    effect = compared.effect(ACCOUNTS, examples=1)
    assert (effect.accounts, effect.touched, effect.before, effect.after) == (4, 2, 3, 3)
    assert {term: dict(counts) for term, counts in effect.counts.items()} == {
        "peur": {"emotion": 1}, "triste": {"primary": 1}, "frayeur": {"lost": 1}, "marathonite": {"gained": 1},
    }  # fmt: skip
    assert effect.moves["marathonite"] == {("", "nervousness"): 1} and effect.moves["triste"] == {("sadness", "anger"): 1}
    assert excerpt(effect.examples["marathonite"][0]) == "Puis j’ai eu de la ‹marathonite› avant l’examen."


def test_it_annotates_as_each_vocabulary_alone_does(compared, tables):
    pairs = [*compared.pairs(ACCOUNTS)]
    for side, path in enumerate(tables):
        alone = [*Annotator(compared._old.nlp, load_vocabulary(path)).pipe(ACCOUNTS)]
        assert [pair[side].to_json() for pair in pairs] == [narrative.to_json() for narrative in alone]


def test_only_accounts_with_a_changed_term_are_parsed(compared, monkeypatch):
    parsed = []
    pipe = compared._old.nlp.pipe
    monkeypatch.setattr(compared._old.nlp, "pipe", lambda docs, **rest: pipe(parsed.extend(docs := [*docs]) or docs, **rest))
    compared.effect(ACCOUNTS)
    assert sorted(doc.text for doc in parsed) == sorted(
        ["J'ai eu peur du noir.", "Ma sœur était triste.", "J'ai ressenti de la frayeur.", "Puis j'ai eu de la marathonite avant l'examen."]
    )


def test_the_tables_name_terms_and_no_sentence(compared):
    page = render(compared.effect(ACCOUNTS), {"mention": (0.5, 0.75), "cause": (0.50004, 0.5)}, width=100)
    for said in ("Entries: 1 added, 1 removed, 4 changed", "sadness → anger 1", "– → nervousness 1", "+0.250"):
        assert said in page
    assert "sœur" not in page and "-0.000" not in page


def run(*arguments):
    return CliRunner().invoke(cli, ["vocab", "diff", *map(str, arguments)])


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "recits.jsonl"
    path.write_text("".join(json.dumps({"id": n.id, "text": n.text}) + "\n" for n in ACCOUNTS), encoding="utf-8")
    return path


def test_the_command(tables, corpus, tmp_path):
    out = tmp_path / "diff.json"
    done = run(*tables, corpus, "--whole", "--format", "json", "--examples", "1", "-o", out)
    assert done.exit_code == 0, done.output
    found = json.loads(out.read_text(encoding="utf-8"))
    assert {t["term"]: t["changed"] for t in found["terms"]} == dict.fromkeys(("peur", "triste", "frayeur", "marathonite"), True)
    assert len(found["examples"]) == 4 and out.stat().st_mode & 0o077 == 0


def test_the_command_scores_both_on_gold(tables, tmp_path):
    gold = tmp_path / "gold.jsonl"
    mention = {"id": 1, "cue": [[8, 12]], "emotion": "fear", "mode": "labelled", "status": "affirmed", "intensity": "medium"}
    gold.write_text(json.dumps({"id": "a", "text": "J’ai eu peur du noir.", "mentions": [mention]}) + "\n", encoding="utf-8")
    done = run(*tables, "--whole", "--gold", gold)
    assert done.exit_code == 0, done.output
    row = next(line.split() for line in done.stdout.splitlines() if line.startswith("mention+emotion"))
    assert row[1:] == ["1.000", "0.000", "-1.000"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["{old}", "{new}", "{corpus}", "--whole", "--examples", "2"], 2, "name a file with -o"),
        (["{old}", "{new}", "{corpus}", "-o", "{corpus}"], 2, "also an input"),
        (["{corpus}", "{new}", "{corpus}"], 3, "recits.jsonl:1: lacks the column"),
        (["{old}", "{new}", "none.txt", "--whole"], 3, "none.txt"),
    ],
)
def test_what_cannot_be_done_is_told(arguments, status, said, tables, corpus):
    done = run(*(a.format(old=tables[0], new=tables[1], corpus=corpus) for a in arguments))
    assert done.exit_code == status and said in done.stderr
