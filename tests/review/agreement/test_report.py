"""The figures as a page: what may be concluded is said where there are intervals, and by their lower ends."""

import pytest

from ressenti.evaluation.agreement import Measure
from ressenti.review.agreement.measures import measures
from ressenti.review.agreement.pairs import Reviewed
from ressenti.review.agreement.report import report
from review.agreement.test_measures import OURS, compared


@pytest.mark.parametrize(
    ("interval", "said"),
    [((0.81, 0.99), "accord solide<"), ((0.7, 0.99), "avec prudence<"), ((0.5, 0.99), "on ne conclut pas<"), (None, "")],
)
def test_the_lower_end_decides(interval, said):
    html = report([Measure("alpha primary", 0.9, 6, interval)], Reviewed(), ("Anne", "Bob"), 0)
    assert [word for word in ("accord solide<", "avec prudence<", "on ne conclut pas<") if word in html] == ([said] if said else [])


@pytest.mark.parametrize(("language", "words"), [("fr", ("0,86", "Colère", "−0,17")), ("en", ("0.86", "Anger", "−0.17"))])
def test_in_both_languages(language, words):
    found = compared(OURS, ())
    html = report(measures(found.both), found, ("<b>Anne</b>", "Bob"), 3, language)
    assert all(word in html for word in words)
    assert "<b>Anne" not in html
