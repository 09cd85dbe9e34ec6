"""From the page into the narratives and back onto a page."""

import json

from click.testing import CliRunner
from selenium.webdriver.common.keys import Keys

from ressenti.cli import cli
from ressenti.graph.rdf.write import write
from ressenti.schema import Narrative
from review.page.coach import Coach, examples


def apply(file, narratives, tmp_path):
    """What ``ressenti review apply`` makes of the saved file."""
    before = tmp_path / "narratives.jsonl"
    before.write_text("".join(narrative.to_json() + "\n" for narrative in narratives), encoding="utf-8")
    done = CliRunner().invoke(cli, ["review", "apply", str(file), str(before)])
    assert done.exit_code == 0, done.output
    return [Narrative.from_dict(json.loads(line)) for line in done.stdout.splitlines()]


def decide(coach):
    """A decision of each kind."""
    coach.press("n", "r", "n", "e")
    coach.search("peur")
    coach.press("i", "n", "a")
    coach.select("son retard")
    coach.click('#menu [data-what="mention"]')
    coach.search("chagrin")
    coach.select("parce qu’il")
    coach.click('#menu [data-what="cause"]')
    coach.click('[data-key="split-E1"]')
    coach.all("#split-places input")[-1].send_keys(Keys.SPACE)
    coach.one("#split-name").send_keys("Paul", Keys.ENTER)
    coach.click('#component-list [data-key="part-no-0"]')


def test_decisions_go_into_narratives_and_show_on_the_next_page(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    decide(coach)
    coach.click("#done")
    coach.save()
    (after,) = apply(coach.file, examples("train"), tmp_path)
    assert [mention.emotion for mention in after.mentions] == ["fear", "frustration", "sorrow", "shame", "sorrow", "relief"]
    fear = after.mentions[0]
    assert fear.intensity == "low" and fear.extra["review"]["reviewer"] == "Anne"
    added = next(mention for mention in after.mentions if mention.cue == ((135, 145),))
    assert [after.text[slice(*role.span)] for role in after.roles if role.mention == added.id] == ["parce qu’il"]
    assert "Paul" in [entity.label for entity in after.entities] and len(after.components) == 2
    again = Coach.at(driver, tmp_path, [after])
    assert again.one("#rows .row .name").text == "Peur"
    again.choose(after.mentions[0].id)
    assert "Déjà relue par Anne" in again.one("#detail .why").text
    again.choose(added.id)
    assert "Anne" in again.one("#detail .why").text


def test_when_and_whether_it_is_wished_for(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    coach.press("n", "d", "n", "v", "q", "n", "v", "v")
    coach.pick('#component-list [data-key="part-kind-0"]', "territory")
    coach.save()
    (newer,) = examples("train")
    newer.mentions[1].extra["time"] = "habitual"
    newer.mentions[1].extra["question"] = True
    for annotated in (examples("train")[0], newer):
        (after,) = apply(coach.file, [annotated], tmp_path)
        first, second, third = after.mentions[:3]
        assert (first.extra["time"], first.source) == ("present", "review:Anne")
        assert {key: second.extra.get(key) for key in ("wish", "question")} == {"wish": True, "question": True}
        assert "wish" not in third.extra and third.source == "rule:event-object"  # as it was found
        assert next((part.component, part.source) for part in after.components) == ("territory", "review:Anne")
        (again,) = apply(coach.file, [after], tmp_path)
        assert again.to_json() == after.to_json()
        graph = "".join(write([after], "ttl"))
        assert graph.count("nar:Review ") == 3 and "nar:time nar:Present" in graph and "nar:wish" in graph
    again = Coach.at(driver, tmp_path, [after])
    again.choose(2)
    assert again.one('#detail [data-key="wish"]').is_selected()
    assert "J’étais furieuse" in again.one("#component-list section:last-child").text


def test_decisions_survive_another_annotation(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("train"))
    decide(coach)
    coach.save()
    (newer,) = examples("train")
    kept = [mention for mention in newer.mentions if mention.id != 1]
    for number, mention in enumerate(kept, 1):
        for role in newer.roles:
            if role.mention == mention.id:
                role.mention = number
        mention.id = number
    newer.roles = [role for role in newer.roles if role.source != "rule:event-subject"]
    newer.mentions = kept
    before = tmp_path / "newer.jsonl"
    before.write_text(newer.to_json() + "\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["review", "apply", str(coach.file), str(before)])
    assert done.exit_code in (0, 1), done.output
    after = Narrative.from_dict(json.loads(done.stdout.splitlines()[0]))
    assert next(mention.emotion for mention in after.mentions) == "fear"
