"""What the studio writes often: kept by name, filled in where it is used, sent by nobody else."""

import pytest

from portal.core.errors import Conflict, DomainError
from portal.feedback.models import SavedReply
from portal.ledger.models import Event
from portal.projects.promises import Promise
from tests import make

TEXT = "Dear {first name}, {item} of {project} is fixed."


def keep(cast, name="Fixed", text=TEXT):
    return SavedReply.keep(by=cast.sam, name=name, text=text)


def test_under_a_name_that_is_there_it_takes_its_place(cast):
    keep(cast)
    keep(cast, name="FIXED", text="It is fixed.")

    assert [(one.name, one.text) for one in SavedReply.every()] == [("FIXED", "It is fixed.")]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("", TEXT, "Give it a name"),
        ("Fixed", " ", "write the reply"),
        ("Fixed", "Dear {nam}", "no field {nam}. There are {first name}, {item}"),
        ("Fixed", "Dear {First name}", "no field {First name}"),
        ("Fixed", "Dear {}", "no field {}"),
    ],
)
def test_what_nobody_could_use_is_refused(cast, name, text, sentence):
    with pytest.raises(DomainError, match=sentence):
        keep(cast, name, text)

    assert SavedReply.every() == []


def test_it_is_filled_in_for_the_feedback_it_is_used_on(cast, as_):
    make.feedback(cast.project, by=cast.vic)
    reply = keep(cast)

    page = as_(cast.sam).get(f"/inbox/harbour/1?reply={reply.id}").text

    assert page.count("Dear Vic, feedback 1 of Harbour is fixed.") == 2  # To choose, and chosen.


def test_a_client_who_asks_for_one_gets_nothing(cast, as_):
    make.feedback(cast.project, by=cast.vic)
    reply = keep(cast)

    page = as_(cast.vic).get(f"/projects/harbour/feedback/1?reply={reply.id}").text

    assert "is fixed" not in page


def test_what_is_removed_is_gone_once(cast):
    reply = keep(cast)
    reply.remove(by=cast.sam)

    assert SavedReply.every() == []
    with pytest.raises(Conflict):
        reply.remove(by=cast.sam)
    verbs = [str(one.verb) for one in Event.select().order_by(Event.id.desc()).limit(2)]
    assert verbs == ["reply.removed", "reply.saved"]


def test_the_list_is_kept_by_producers(cast, as_):
    sam = as_(cast.sam)
    sam.post("/inbox/replies", data={"name": "Fixed", "text": TEXT})
    page = sam.get("/inbox/replies?edit=1").text

    assert 'value="Fixed"' in page
    assert sam.post("/inbox/replies", data={"name": "x", "text": ""}).status_code == 422
    assert sam.post("/inbox/replies/1/removal").status_code == 303
    assert sam.get("/inbox/replies?edit=1").status_code == 404
    for other in (cast.dora, cast.vic, cast.ada):
        assert as_(other).get("/inbox/replies").status_code == 403


def test_an_unknown_field_is_said_beside_what_was_typed(cast, as_):
    typed = {"name": "Fixed", "text": "Dear {nam}"}

    answer = as_(cast.sam).post("/inbox/replies", data=typed)

    assert answer.status_code == 422
    assert "There is no field {nam}." in answer.text
    assert "Dear {nam}</textarea>" in answer.text


def test_what_begins_a_line_has_a_capital(cast, as_):
    make.feedback(cast.project, by=cast.vic)
    keep(cast, text="{item} is fixed.")

    assert 'data-text="Feedback 1 is fixed."' in as_(cast.sam).get("/inbox/harbour/1").text


def test_what_is_filled_in_is_text_and_no_markup(cast, as_):
    make.feedback(cast.project, by=cast.vic, text='"><script>x</script>{due}')
    keep(cast, text="You said: {title}")

    page = as_(cast.sam).get("/inbox/harbour/1").text

    assert "You said: &#34;&gt;&lt;script&gt;x&lt;/script&gt;{due}" in page


def test_what_is_due_is_filled_in_where_something_is_promised(cast, as_, at):
    at("2026-03-12 10:00")
    make.feedback(cast.project, by=cast.vic)
    Promise.give(cast.client, by=cast.sam, first_response_minutes=60, resolution_minutes=600)
    make.feedback(cast.project, by=cast.vic, text="Another")
    reply = keep(cast, name="Soon", text="You hear from {my name} by {due}.")

    first, second = (as_(cast.sam).get(f"/inbox/harbour/{n}?reply={reply.id}").text for n in "12")

    assert "Soon: no day is promised here" in first
    assert "You hear from" not in first
    assert second.count("You hear from Sam Moreau by Thursday 12 March") == 2
