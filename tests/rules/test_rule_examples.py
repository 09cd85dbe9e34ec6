"""Every rule carries marked examples; here they run."""

from __future__ import annotations

import pytest

from ressenti.rules.examples import failures
from ressenti.rules.language import load_rules

RULES = load_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule, annotator):
    assert rule.examples, f"{rule.where}: the rule {rule.id!r} has no example"
    assert failures(rule, annotator) == []
