"""A run of every command, on small accounts, each after those whose output it reads."""

from __future__ import annotations

from dataclasses import dataclass

import click

from ressenti.cli import cli


@dataclass(frozen=True)
class Run:
    """A command as it is typed.

    Attributes:
        words: Without ``ressenti``, as a shell parts them.
        status: Exit statuses that are right.
        needs: A module without which it is not run.
    """

    words: str
    status: tuple[int, ...] = (0,)
    needs: str = ""


SELECT = "'SELECT * { ?a ?b ?c } LIMIT 3'"
RUNS = (
    Run("annotate in/accounts.jsonl -o found.jsonl"),
    Run("annotate in/recit.docx in/recit.odt in/recit.pdf in/recit.srt in/recit.xml in/recit.csv --format table -o found.tsv"),
    Run("annotate in/recit.txt --format text --fallback auto"),
    Run("annotate in/accounts.jsonl in/recit.txt --jobs 2 --lang fr -o shards/"),
    Run("annotate in/entretien.txt --speaker kanarivaux -o said.jsonl"),
    Run("explain in/recit.txt"),
    Run("explain in/recit.txt --why-not zyxomarteau --json"),
    Run("identifying in/accounts.jsonl found.jsonl -o left.tsv"),
    *(Run(f"export found.jsonl --format {form} -o out.{form}") for form in ("ttl", "nq", "jsonld", "rdfxml", "jsonl", "conllu")),
    *(Run(f"export found.jsonl --format {form} -o {form}") for form in ("brat", "xmi", "webanno", "csv")),
    Run("export found.jsonl --format cas-json -o cas", needs="cassis"),
    Run("export found.jsonl --format spacy -o out.spacy"),
    Run("export found.jsonl --pseudonymise names.tsv --identifying list.tsv -o other.jsonl"),
    Run("export other.jsonl --unpseudonymise names.tsv -o back.jsonl"),
    Run("export found.jsonl --no-text -o none.ttl"),
    Run("import brat -o again.jsonl"),
    Run("import out.ttl -o again-2.jsonl"),
    Run("graph found.jsonl -o graph.svg"),
    Run("graph found.jsonl --separate --format graphml -o graphs"),
    Run("graph found.jsonl --format csv -o tables.zip"),
    Run("graph found.jsonl -o graph.png", needs="resvg_py"),
    Run("patterns show found.jsonl -o patterns.txt"),
    Run("patterns count found.jsonl"),
    Run("patterns over-time found.jsonl"),
    Run("patterns central in/more.jsonl"),
    Run("trajectory found.jsonl -o t.csv"),
    Run("trajectory found.jsonl --transitions -o t.svg"),
    Run("review page found.jsonl -o page.html"),
    Run("review apply in/anne.json found.jsonl -o decided.jsonl --report report.tsv --votes votes.tsv"),
    Run("review agree in/anne.json in/zoe.json found.jsonl --undone --bootstrap 2 --html agree.html --page third.html"),
    Run("review learn in/anne.json found.jsonl -o learnt.txt"),
    Run("review summary decided.jsonl -o sheet.html"),
    Run("evaluate in/gold.jsonl found.jsonl --errors 3 --bootstrap 0 --html report.html"),
    Run("rules list"),
    Run("rules show noun-felt-cause"),
    Run("rules check in/rules.yaml"),
    Run("rules coverage in/accounts.jsonl"),
    Run("sparql --question anger-verbs-object"),
    Run(f"sparql {SELECT} --data out.ttl -o answer.csv"),
    Run(f"sparql {SELECT} --data out.ttl --store asked"),
    Run("store load kept found.jsonl in/recit.txt"),
    Run("store query kept anger-at-whom"),
    Run("store query kept 'SELECT ?w { ?s nif:anchorOf ?w }' -o words.csv"),
    Run("store remove kept recit"),
    Run("ontology build --format owl -o tone"),
    Run("ontology report out.ttl --limit 3 -o amiss.txt", status=(0, 1)),
    Run("ontology validate in/small.ttl", status=(0, 1), needs="pyshacl"),
    Run("ontology reason in/small.ttl --timeout 100", status=(0, 1, 3), needs="owlready2"),
    Run("ontology docs -o pages --lang fr"),
    Run("ontology dependencies --narratives found.jsonl -o evidence.tsv"),
    Run("experiment cpm in/guided.jsonl --way untrained --way words --bootstrap 0", needs="sklearn"),
    Run("experiment components in/guided.jsonl --bootstrap 0", needs="sklearn"),
    Run("experiment detection in/more-gold.jsonl --bootstrap 0", needs="sklearn"),
    Run("experiment emotexttokids in/corpus --way rules --cache kept-rules --bootstrap 0", needs="sklearn"),
    Run("fallback lfs found.jsonl --gold in/gold.jsonl -o lfs.json"),
    Run("fallback train in/more.jsonl --gold in/more-gold.jsonl --precision 0.3 -o model.zip"),
    Run("fallback card model.zip"),
    Run("fallback evaluate model.zip found.jsonl --gold in/gold.jsonl"),
    Run("fallback predict model.zip in/recit.txt --text -o predicted.jsonl"),
    Run("fallback queue model.zip in/recit.txt --text -o queue.tsv"),
    Run("annotate in/recit.txt --fallback model.zip"),
    Run("vocab candidates --no-thesaurus --corpus in/recit.txt --least 1 -o candidates.jsonl"),
    Run("vocab propose candidates.jsonl --backend light --vocabulary in/words.tsv --corpus in/recit.txt -o proposals.jsonl"),
    Run("vocab review proposals.jsonl --decisions decisions.tsv --to-sheet sheet.csv"),
    Run("vocab promote in/decisions.tsv --vocabulary in/words.tsv -o grown.tsv"),
    Run("vocab diff in/words.tsv grown.tsv in/recit.txt --examples 2 -o diff.txt"),
    Run("vocab audit --vocabulary in/words.tsv --thesaurus in/thes.dat --corpus in/recit.txt --backend light --to-sheet audit.tsv"),
    Run("vocab probe --backend light --vocabulary in/words.tsv --probe in/probe.tsv"),
)  # fmt: skip
SERVED = ("app", "store serve")
"""Commands that run until they are told to end; they have tests of their own."""


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> list[str]:
    """All commands that there are, by the words that call them."""
    found = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
        else:
            found.append(" ".join((*path, name)))
    return found
