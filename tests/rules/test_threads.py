"""Accounts of several threads are annotated one after the other, and products of matrices take one thread meanwhile."""

from concurrent.futures import ThreadPoolExecutor

from threadpoolctl import ThreadpoolController, threadpool_limits

from ressenti.rules import annotator as module
from ressenti.rules.transitions import Transitions
from ressenti.schema import Narrative


def _threads():
    """How many NumPy's library takes; another package may have brought one of its own meanwhile."""
    found = ThreadpoolController().info()
    return {library["num_threads"] for library in found if library["user_api"] == "blas" and "numpy" in library["filepath"]}


def test_the_parser_takes_one_thread(annotator, monkeypatch):
    seen = []
    parse = Transitions.parse

    def watched(self, docs):
        seen.append(_threads())
        parse(self, docs)

    monkeypatch.setattr(Transitions, "parse", watched)
    with threadpool_limits(limits=2, user_api="blas"):
        before = _threads()
        annotator("J'ai eu peur du chien. Il pleuvait.")
        assert _threads() == before
    assert seen
    assert all(threads <= {1} for threads in seen)


def _strange(seed):
    """Words that no vocabulary has, so that the parser meets them for the first time: « badu », « cafo » …"""
    return "".join("bcdfglmnprstv"[seed // 5**k % 13] + "aeiou"[seed // 13**k % 5] for k in range(4))


def _texts(number, seed):
    return [f"Je suis triste car le {_strange(n)} est parti. Il a {_strange(7 * n)} peur de moi." for n in range(seed, seed + number)]


def test_threads_once_words_are_forgotten(annotator, monkeypatch):
    texts = _texts(60, 1000)
    monkeypatch.setattr(module, "WORDS", 0)
    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(lambda n: annotator(texts[n]) if n % 5 else annotator.examine(texts[n])[1], range(60)))
    assert found == [annotator(text) for text in texts]
    assert all(len(narrative.mentions) >= 2 for narrative in found)


def test_no_thread_waits_for_answers_that_nobody_takes(annotator):
    begun = annotator.pipe(Narrative(str(n), text) for n, text in enumerate(_texts(200, 5000)))
    next(begun)
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(annotator, "J'ai peur.").result(timeout=60).mentions
    begun.close()
