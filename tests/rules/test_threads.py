"""Products of matrices take one thread while sentences are parsed, and as many as before afterwards."""

from threadpoolctl import ThreadpoolController, threadpool_limits

from ressenti.rules.transitions import Transitions


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
