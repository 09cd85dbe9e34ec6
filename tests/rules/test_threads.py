"""Products of matrices take one thread while sentences are parsed, and as many as before afterwards."""

from threadpoolctl import ThreadpoolController, threadpool_limits

from ressenti.rules.transitions import Transitions


def test_the_parser_takes_one_thread(annotator, monkeypatch):
    seen = []
    parse = Transitions.parse

    def watched(self, docs):
        seen.append({library["num_threads"] for library in ThreadpoolController().info() if library["user_api"] == "blas"})
        parse(self, docs)

    monkeypatch.setattr(Transitions, "parse", watched)
    with threadpool_limits(limits=2, user_api="blas"):
        annotator("J'ai eu peur du chien. Il pleuvait.")
        after = {library["num_threads"] for library in ThreadpoolController().info() if library["user_api"] == "blas"}
    assert seen and all(threads <= {1} for threads in seen)
    assert after <= {2}
