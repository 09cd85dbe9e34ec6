"""Terms as vectors: one small interface, several backends, sums of them, and an index that finds what is near (`index`).

``light`` installs with the core and needs no torch; ``thesaurus:FILE`` is the graph of a thesaurus, a sparse SVD of it;
``sentence:MODEL`` is any sentence-transformers model (extra ``[neural]``). Several are joined by ``+``, each with a weight where one is
written before it: ``thesaurus+0.5*light``.
"""

from __future__ import annotations

import re
from pathlib import Path

from ressenti.errors import RessentiError
from ressenti.vocab_builder.embedding.kept import Kept
from ressenti.vocab_builder.embedding.protocol import Encoder
from ressenti.vocab_builder.embedding.total import Total
from ressenti.vocab_builder.embedding.vectors import Matrix

__all__ = ["Encoder", "Matrix", "open_encoder"]

_PART = re.compile(r"(?:(?P<weight>\d+(?:\.\d+)?)\*)?(?P<name>light|thesaurus|sentence)(?::(?P<of>.+))?")


def open_encoder(spec: str, *, thesaurus: Path | None = None, allow_network: bool = False, cache: Path | None = None) -> Encoder:
    """The encoder that a user names.

    Args:
        spec: ``light``, ``thesaurus``, ``thesaurus:FILE``, ``sentence:MODEL``, or several joined by ``+``.
        thesaurus: What ``thesaurus`` alone means; None for that of LibreOffice or Debian.
        allow_network: Whether a sentence model may be fetched.
        cache: Folder in which vectors are kept; None keeps none.

    Raises:
        RessentiError: The name is not known, or what it needs is not there; says what to do.
    """
    parts: list[tuple[Encoder, float]] = []
    for written in re.split(r"\+(?=(?:\d+(?:\.\d+)?\*)?(?:light|thesaurus|sentence)(?![\w-]))", spec.strip()):
        match = _PART.fullmatch(written.strip())
        if not match:
            raise RessentiError(f"unknown encoder {written!r}; write light, thesaurus, thesaurus:FILE, sentence:MODEL, or several with +")
        if (weight := float(match["weight"] or 1)) == 0:
            raise RessentiError(f"the encoder {written!r} has the weight 0; leave it out")
        parts.append((_open(match["name"], match["of"], thesaurus, allow_network, cache), weight))
    return parts[0][0] if len(parts) == 1 else Total(parts)


def _open(name: str, of: str | None, thesaurus: Path | None, allow_network: bool, cache: Path | None) -> Encoder:
    if name == "light":
        if of:
            raise RessentiError(f"the light encoder has one model only; write light, not light:{of}")
        from ressenti.vocab_builder.embedding.light import Light

        return Kept(Light(), cache) if cache else Light()
    if name == "thesaurus":
        from ressenti.vocab_builder.embedding.thesaurus import Thesaurus
        from ressenti.vocab_builder.sources.mythes import find_thesaurus

        return Thesaurus(Path(of).expanduser() if of else thesaurus or find_thesaurus(), cache=cache)
    if not of:
        raise RessentiError("which sentence model? write sentence:FOLDER, or sentence:NAME with --allow-network")
    from ressenti.vocab_builder.embedding.sentence import Sentence

    model = Sentence(of, allow_network=allow_network)
    return Kept(model, cache) if cache else model
