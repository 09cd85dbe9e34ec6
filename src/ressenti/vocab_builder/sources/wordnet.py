"""Candidates from WordNet: the French words of the synsets under *feeling*, by NLTK's interface and the user's own data.

French comes from the Open Multilingual Wordnet, whose ``fra`` is WOLF. Nothing is fetched: the data lie where NLTK looks for them, or in
the folder that the user names.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ressenti.errors import RessentiError
from ressenti.ontology.emotions import Emotions
from ressenti.vocab_builder.candidate import Candidate, Evidence, merge
from ressenti.vocab_builder.sources.citation import is_infinitive, is_phrase, without_pronoun

ROOTS = ("feeling.n.01", "emotion.n.01", "emotional_state.n.01")
"""Synsets under which there are emotions."""
POS = {"n": "NOUN", "v": "VERB", "a": "ADJ", "s": "ADJ", "r": "ADV"}
MULTILINGUAL = ("omw-1.4", "omw-2.0", "omw")
"""Names of the Open Multilingual Wordnet among NLTK's corpora, the one that has the same synsets as WordNet 3.0 first."""


def emotional_synsets(emotions: Emotions, language: str = "fra", folder: Path | None = None) -> list[Candidate]:
    """The words of a language in the synsets of feelings, and in those of verbs, adjectives and adverbs derived from their English words.

    Args:
        emotions: The tree; a synset speaks for the emotion whose English label is a word of it or of the nearest synset above it.
        language: Code of three letters, as the Open Multilingual Wordnet has it.
        folder: A folder of NLTK data, with ``corpora/wordnet`` and ``corpora/omw-1.4`` in it, unpacked or as zip files; None for where NLTK
            looks by itself (NLTK_DATA).

    Raises:
        RessentiError: NLTK or the data are not there; says what to get.
    """
    with _open(language, folder) as wordnet:
        places = _places(wordnet, emotions)
        if not places:
            raise RessentiError(f"the WordNet data have none of {', '.join(ROOTS)}; fetch wordnet anew")
        found = []
        for synset, (emotion, reason) in places.items():
            names = [str(name).replace("_", " ") for name in wordnet.synset(synset).lemma_names(language)]
            pos = POS[wordnet.synset(synset).pos()]
            for name in names:
                term = without_pronoun(name) if pos == "VERB" else name
                if term and term == term.lower() and (pos != "VERB" or is_infinitive(term.split()[0])):
                    kind = "PHRASE" if is_phrase(term) and pos != "VERB" else pos
                    found.append(Candidate(term, kind, (Evidence("wordnet", f"{synset}, {reason}", emotion),)))
        return merge(found)


def _places(wordnet: Any, emotions: Emotions) -> dict[str, tuple[str, str]]:
    """Names of synsets to the emotion that they speak for, empty where there is none, and why they were taken."""
    labels: dict[str, str] = {}
    for key, known in emotions.items():
        labels.setdefault(known.labels["en"].lower().replace(" ", "_"), key)
        labels.setdefault(key.replace("-", "_"), key)
    from nltk.corpus.reader.wordnet import WordNetError as missing

    places: dict[str, tuple[str, str]] = {}
    for root in ROOTS:
        try:
            top = wordnet.synset(root)
        except missing:  # a small wordnet need not have them all
            continue
        waiting = [(top, "")]
        for synset, above in waiting:  # grows as hyponyms are found
            if synset.name() in places:
                continue
            emotion = next((labels[name.lower()] for name in synset.lemma_names() if name.lower() in labels), above)
            places[synset.name()] = (emotion, f"under {root}")
            waiting += [(hyponym, emotion) for hyponym in synset.hyponyms()]
    derived: dict[str, tuple[str, str]] = {}
    for name, (emotion, _) in places.items():
        for lemma in wordnet.synset(name).lemmas():
            for related in lemma.derivationally_related_forms():
                for synset in (related.synset(), *related.synset().similar_tos()):
                    if synset.pos() != "n" and emotion:
                        derived.setdefault(synset.name(), (emotion, f"derived from {name}"))
    return places | derived


@contextlib.contextmanager
def _open(language: str, folder: Path | None) -> Iterator[Any]:
    """NLTK's WordNet with the given language; NLTK looks in the folder only as long as this lasts."""
    try:
        import nltk
        from nltk.corpus.reader import CorpusReader, WordNetCorpusReader
        from nltk.corpus.reader.wordnet import WordNetError
    except ImportError:
        raise RessentiError("candidates from WordNet need NLTK; run: pip install 'ressenti[vocab]'") from None
    before, opened = list(nltk.data.path), None
    if folder is not None:
        nltk.data.path[:0] = [str(folder)]
    try:
        root, other = _find(nltk, ("wordnet",), folder), _find(nltk, MULTILINGUAL, folder)
        opened = wordnet = WordNetCorpusReader(root, CorpusReader(other, r".*/wn-data-.*\.tab", encoding="utf8"))
        wordnet.add_omw()
        if language not in wordnet.langs():
            known = ", ".join(sorted(wordnet.langs()))
            raise RessentiError(f"the Open Multilingual Wordnet at {other} has no language {language!r}; it has {known}")
        yield wordnet
    except (WordNetError, LookupError, OSError, ValueError, AssertionError) as error:
        raise RessentiError(f"the WordNet data cannot be used ({type(error).__name__}); fetch wordnet and omw-1.4 anew") from None
    finally:
        nltk.data.path[:] = before
        for stream in getattr(opened, "_data_file_map", {}).values():  # NLTK leaves them open
            stream.close()


def _find(nltk: Any, names: tuple[str, ...], folder: Path | None) -> Any:
    for name in names:
        for resource in (f"corpora/{name}", f"corpora/{name}.zip/{name}/"):
            with contextlib.suppress(LookupError):
                return nltk.data.find(resource, None if folder is None else [str(folder)])
    where = f"in {folder}" if folder is not None else "where NLTK looks for it"
    raise RessentiError(
        f"there is no {names[0]!r} {where}; get NLTK's packages 'wordnet' and 'omw-1.4' "
        "(python -m nltk.downloader wordnet omw-1.4) or name their folder with --nltk-data FOLDER"
    )
