"""A template is the studio's: saving shows what is kept, and keeps nothing else."""

import json

import pytest

from portal.core.errors import Conflict, DomainError
from portal.estimates.library import keeping, outline
from portal.estimates.models import Estimate, EstimateTemplate
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.studio.terms import Terms
from tests import make

PAGE = "/projects/harbour/estimates/1/versions/1/template"
SAVE = f"{PAGE}s"
ALL = "/studio/templates"


def ticked(full, *, besides=()):
    """The keys of everything that names nobody, as the page ticks them at first."""
    texts = keeping.texts(outline.of(full), keeping.names_of(full.project))
    return [one.key for one in texts if not one.names or one.key in besides]


def save(full, keys, *, by, name="Website", **choice):
    options = {"has_notes": True, "has_prices": True} | choice
    return keeping.save(full, keeping.Choice(frozenset(keys), **options), name=name, by=by)


def test_what_names_the_client_is_found(cast, full):
    texts = keeping.texts(outline.of(full), keeping.names_of(cast.project))
    assert {one.text: one.names for one in texts if one.names} == {
        "Workshop at Harbour Museum": ("Harbour Museum",),
        "Museum shop": ("Museum",),
    }


def test_nothing_of_the_client_is_in_a_template(cast, full):
    template = save(full, ticked(full), by=cast.sam)
    words = json.dumps(template.outline).casefold()
    assert "harbour" not in words
    assert "museum" not in words
    assert "only for you" not in words
    assert (template.outline["title"], template.outline["terms"]) == ("", "")
    assert [line["what"] for line in outline.lines_of(template.outline)] == [
        "Design of ten pages",
        "Build",
    ]


def test_taxes_are_kept_if_ticked_and_not_ticked_where_they_name_the_client(cast, full):
    template = save(full, ticked(full), by=cast.sam)
    assert template.outline["taxes"] == full.taxes
    named = [make.VAT | {"name": "VAT of Harbour Museum"}]
    full.save_draft(by=cast.sam, edits=full.edits, values={"taxes": named})
    again = Estimate.get().draft
    template = save(again, ticked(again), by=cast.sam, name="Without")
    assert template.outline["taxes"] == []
    assert {line["taxes"] for line in outline.lines_of(template.outline)} == {None}


def test_the_ledger_says_that_it_was_saved_without_a_word_of_it(cast, full):
    save(full, ticked(full), by=cast.sam)
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.verb, event.chain, event.body) == (Verb.TEMPLATE_SAVED, "instance", {"lines": 2})


def test_prices_and_notes_stay_behind_if_so_wished(cast, full):
    template = save(full, ticked(full), by=cast.sam, has_notes=False, has_prices=False)
    lines = outline.lines_of(template.outline)
    assert {line["note"] for line in lines} == {""}
    assert {line["rate_minor"] for line in lines} == {None}
    assert lines[0]["likely_minutes"] == 750


def test_a_template_without_a_line_is_none(cast, full):
    with pytest.raises(DomainError, match="Keep at least one line"):
        save(full, ["section-1", "section-2"], by=cast.sam)
    assert not EstimateTemplate.select().exists()


def test_a_name_is_taken_only_while_it_is_offered(cast, full):
    first = save(full, ticked(full), by=cast.sam)
    with pytest.raises(Conflict, match="called Website already"):
        save(full, ticked(full), by=cast.sam, name="website")
    first.retire(by=cast.sam)
    second = save(full, ticked(full), by=cast.sam, name="website")
    with pytest.raises(Conflict, match="called website already"):
        EstimateTemplate.get_by_id(first.id).restore(by=cast.sam)
    assert [one.id for one in EstimateTemplate.offered()] == [second.id]
    with pytest.raises(Conflict, match="a moment ago"):
        EstimateTemplate.get_by_id(first.id).retire(by=cast.sam)


def test_the_page_shows_what_is_kept_and_ticks_nothing_that_names_the_client(cast, full, as_):
    page = as_(cast.sam).get(PAGE).text
    assert "Names Harbour Museum" in page
    assert "2 texts name the client" in page
    assert page.count(' name="keep"') == 7
    assert page.count(" checked>") == 5


def test_a_producer_saves_renames_retires_and_begins_with_it(cast, full, as_):
    sam = as_(cast.sam)
    answer = sam.post(SAVE, data={"name": "Website", "keep": ticked(full), "has_prices": "y"})
    here = answer.location
    assert (answer.status_code, here) == (303, f"{ALL}/{EstimateTemplate.get().id}")
    assert "Design of ten pages" in sam.get(here).text
    assert sam.post(here, data={"name": " "}).status_code == 422
    assert sam.post(here, data={"name": "Shop"}).status_code == 303
    begun = sam.post("/projects/otter/estimates/copies", data={"source": "template:1"})
    assert (begun.status_code, begun.location) == (303, "/projects/otter/estimates/1")
    assert "Design of ten pages" in sam.get(begun.location).text
    assert sam.post(f"{here}/retirement").status_code == 303
    assert "Retired" in sam.get(ALL).text
    again = {"source": "template:1", "csrf_token": "of a page opened again"}
    assert sam.post("/projects/otter/estimates/copies", data=again).status_code == 422
    assert sam.post(f"{here}/restoration").status_code == 303


def test_what_cannot_be_saved_comes_back_with_what_was_ticked(cast, full, as_):
    page = as_(cast.sam).post(SAVE, data={"name": "", "keep": ["line-1-1"]})
    assert (page.status_code, page.text.count(" checked>")) == (422, 1)
    page = as_(cast.sam).post(SAVE, data={"name": "Empty"})
    assert (page.status_code, "Keep at least one line" in page.text) == (422, True)


@pytest.mark.parametrize("who", ["dora", "cleo", "vic", "otto"])
def test_nobody_else_keeps_templates(cast, full, as_, who):
    browser = as_(getattr(cast, who))
    for path in (PAGE, ALL, f"{ALL}/1"):
        assert browser.get(path).status_code in (403, 404)
    assert browser.post(SAVE, data={"name": "Mine", "keep": ["line-1-1"]}).status_code in (403, 404)
    assert not EstimateTemplate.select().exists()


def test_a_designer_begins_with_a_template_too(cast, full, as_):
    save(full, ticked(full), by=cast.sam)
    dora = as_(cast.dora)
    assert "Website" in dora.get("/projects/harbour/estimates/new").text
    answer = dora.post("/projects/harbour/estimates/copies", data={"source": "template:1"})
    assert answer.location == "/projects/harbour/estimates/2"


def test_terms_of_the_studio_come_in_the_version_of_the_day(cast, full):
    first = make.terms("Thirty days.")
    values = {"terms": first.text, "terms_name": first.label}
    full.save_draft(by=cast.sam, edits=full.edits, values=values)
    template = save(Estimate.get().draft, ticked(full), by=cast.sam)
    assert template.outline["terms"] == "Thirty days."
    make.terms("Sixty days.")
    from portal.estimates.library import origins

    found = origins.outline_of(f"template:{template.id}", cast.elsewhere, by=cast.sam).outline
    assert (found["terms"], found["terms_name"]) == ("Sixty days.", "General terms, version 2")
    assert Terms.select().count() == 2
