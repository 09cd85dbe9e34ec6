"""Where a text is cut at a line end before a dash: between the items of a list and the turns of a dialogue, not in a line that goes on."""

import pytest

from ressenti.rules.text import sentences

LIST = """Ce que j'ai ressenti :
- lundi : stress
- mardi : soulagement (le client a dit oui !)
- mercredi : joie"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (LIST, LIST.split("\n")),
        ("– honte d'avoir crié\n  sur les enfants\n– joie", ["– honte d'avoir crié\n  sur les enfants", "– joie"]),
        ("-honte\r\n-joie", ["-honte", "-joie"]),
        ("— oui, dit-il\n— non", ["— oui, dit-il", "— non"]),
        ("Il est venu\n- je crois bien - et il est parti", ["Il est venu\n- je crois bien - et il est parti"]),
        ("Il est là\n- je crois -\net puis — un jour\n— il part", ["Il est là\n- je crois -\net puis — un jour\n— il part"]),
    ],
)  # fmt: skip
def test_a_list_is_cut_at_its_items(text, wanted):
    assert [text[start:end] for start, end in sentences(text)] == wanted


def test_an_item_of_a_list_is_nobodys_speech(annotator):
    assert [m.extra.get("reported") for m in annotator("- mardi : honte (Paul a dit oui)\n- mercredi : joie").mentions] == [None, None]
