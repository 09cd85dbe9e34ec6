"""Annotations of many sentences, kept between runs: reading 20,000 sentences takes minutes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import ressenti
from ressenti.corpora.writing import Output
from ressenti.schema import Narrative


def annotated(name: str, texts: Sequence[str], cache: Path | None, say: Callable[[str], None]) -> list[Narrative]:
    """The rules' annotations of sentences, each read by itself.

    Args:
        name: Of the file in the cache.
        texts: The sentences.
        cache: Folder to keep them in, readable by its owner only; None to annotate anew.
        say: Told what is done.
    """
    place = cache / f"{name}-{_key(texts)}.jsonl" if cache else None
    if place is not None and place.exists():
        return [Narrative.from_dict(json.loads(line)) for line in place.read_text(encoding="utf-8").splitlines()]
    say(f"note: annotating {len(texts)} sentences of {name}")
    found = [*ressenti.load().pipe(Narrative(f"{name}-{k}", text) for k, text in enumerate(texts))]
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        with Output(str(place)) as out:
            for narrative in found:
                out.write(narrative.to_json() + "\n")
            out.keep()
    return found


def _key(texts: Sequence[str]) -> str:
    """Changes with the sentences and with the version of Ressenti."""
    return sha256("\n".join([ressenti.__version__, *texts]).encode()).hexdigest()[:12]
