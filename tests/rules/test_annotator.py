"""What is given to the annotator is looked at before it is read, and refused without its words."""

from __future__ import annotations

import pytest

from ressenti.errors import InputError
from ressenti.schema import Component, Narrative


@pytest.mark.parametrize("read", ["__call__", "examine"])
def test_a_text_that_is_none(annotator, read):
    with pytest.raises(TypeError, match="'mine': the text must be a str, not NoneType"):
        getattr(annotator, read)(None, "mine")
    with pytest.raises(InputError, match="'mine': the text contains a lone surrogate") as error:
        getattr(annotator, read)("Secret \ud83d", "mine")
    assert "Secret" not in str(error.value)


@pytest.mark.parametrize("span", [(0, 10), (5, 2), (-1, 4)])
def test_a_component_that_leaves_its_text(annotator, span):
    with pytest.raises(InputError, match=r"the component 'feeling', .*, leaves the text of 9 characters"):
        next(annotator.pipe([Narrative("x", "J'ai peur", [Component("feeling", span, "given")])]))
    inside = [Component("feeling", (0, 9), "given"), Component("thinking", (9, 9), "given")]
    assert next(annotator.pipe([Narrative("x", "J'ai peur", inside)])).components == inside
