"""What an approver does on a phone with an estimate of packages, and what each rule answers."""

import pytest
from playwright.sync_api import expect

from portal.access.permissions import Role
from portal.estimates.models import LineKind
from portal.estimates.models.arranging import write
from portal.scope import baseline
from portal.signoff.models import Decision, Objection, SignOff, SignOffStatus
from tests import make

pytestmark = pytest.mark.browser

SIGNS = {
    "kind": LineKind.QUANTITY,
    "quantity_thousandths": 8_000,
    "unit": "piece",
    "rate_minor": 120_00,
    "least_thousandths": 4_000,
    "most_thousandths": 14_000,
}
FILMS = {"One camera": 1_450_00, "Two cameras": 2_600_00, "A film crew": 4_310_00}
WATCH = """() => {
  const listens = () => document.querySelector("#sheet form").dataset.htmxPowered
  const look = () => { window.deaf = window.deaf || !listens() }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
}"""
REASON = "The season is over before it is ready."


@pytest.fixture
def draft(cast):
    """Eight signs, one of three films and, if the client likes, subtitles: 960 + 1,450."""
    options = [("Signs", 0, SIGNS), ("Subtitles", 540_00, {"is_optional": True})]
    draft = make.estimate(
        cast.project, by=cast.sam, title="The opening", lines=options, taxes=[make.VAT]
    )
    for name, price_minor in FILMS.items():
        section = draft.add_section(by=cast.sam, title=name)
        fixed = {"kind": LineKind.FIXED, "fixed_minor": price_minor}
        draft.add_line(section.id, by=cast.sam, what=f"Film by {name.lower()}", **fixed)
        write(section, {"choice": "The film", "is_chosen_by_default": name == "One camera"})
    return draft


@pytest.fixture
def sent(cast, draft):
    return draft.send(by=cast.sam, deciders=[cast.cleo])


@pytest.fixture
def clean(axe):
    """`clean(page)` has axe look at a page by day and by night."""

    def check(page):
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            axe(page)

    return check


def fill_name(page):
    page.get_by_label("Your name").fill("Cleo Janssen")
    page.get_by_role("checkbox", name="I have read estimate 1").check()


def approve(page):
    page.locator("#approve").get_by_role("button", name="Approve").click()


def says(page, words):
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def choose(page, parts=("#strip", "#answer", "#approve")):
    """Take two cameras, ten signs and the subtitles; these parts say what they come to: 4,340."""
    page.get_by_role("radio", name="Two cameras").check()
    expect(page.locator("#answer")).to_contain_text("3,560 EUR")
    signs = page.get_by_label("Quantity of Signs")
    signs.fill("10")
    signs.blur()
    expect(page.locator("#answer")).to_contain_text("3,800 EUR")
    page.locator("#option-2").check()  # The consent names it too, once chosen.
    for part in parts:
        expect(page.locator(part)).to_contain_text("4,340")


def test_what_is_chosen_is_what_is_signed_and_what_the_scope_then_has(cast, sent, signed_in, clean):
    page = signed_in(cast.cleo, phone=True)
    page.goto(sent.path)
    page.evaluate(WATCH)
    choose(page)
    assert not page.evaluate("window.deaf"), "a form that was swapped in did not listen at once"
    clean(page)
    page.get_by_role("link", name="Approve").click()
    page.get_by_text("Add your order number").click()
    page.get_by_label("Your purchase order number").fill("HM-2417")
    fill_name(page)
    approve(page)

    says(page, "You approved")
    receipt = page.get_by_role("article")
    for words in ("4,340 EUR", "Two cameras", "Signs (10 pieces)", "Subtitles", "HM-2417"):
        expect(receipt).to_contain_text(words)
    clean(page)
    page.goto("/projects/harbour/scope")
    expect(page.get_by_role("table").first).to_contain_text("Film by two cameras")
    expect(page.get_by_role("table").first).not_to_contain_text("Film by one camera")
    assert baseline.of(cast.project).total_minor == 4_340_00


def test_what_is_over_a_mandate_is_passed_on_and_the_sponsor_signs_it(
    cast, sent, signed_in, clean, letters
):
    joris = make.user("Joris Verhaegen", client=cast.client)
    make.member(joris, cast.project, Role.SPONSOR)
    make.mandate(cast.cleo, cast.project, by=joris, decision_limit_minor=3_000_00)
    page = signed_in(cast.cleo, phone=True)
    page.goto(sent.path)
    expect(page.get_by_label("Your name")).to_be_visible()
    choose(page, parts=("#strip", "#answer"))
    over = page.locator("#approve")
    expect(over).to_contain_text("over what you may decide alone")
    expect(page.get_by_label("Your name")).to_have_count(0)
    clean(page)
    page.get_by_role("button", name="Pass it on to Joris Verhaegen").click()
    expect(page.get_by_role("status")).to_contain_text("Passed on. Joris Verhaegen gets a letter")
    clean(page)

    (letter,) = [one for one in letters() if one["To"].startswith("Joris")]
    assert sent.path in letter.get_body(("plain",)).get_content()
    phone = signed_in(joris, phone=True)
    phone.goto(sent.path)
    choose(phone)
    phone.get_by_label("Your name").fill("Joris Verhaegen")
    phone.get_by_role("checkbox", name="I have read estimate 1").check()
    approve(phone)
    says(phone, "You approved")
    assert (Decision.get().user, Decision.get().amount_minor) == (joris, 4_340_00)


def test_a_no_needs_a_reason_and_both_sides_read_it(cast, sent, signed_in, clean, letters):
    page = signed_in(cast.cleo, phone=True)
    page.goto(sent.path)
    choose(page)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Decline").click()
    page.get_by_role("button", name="Decline").click()
    expect(page.locator("#decline")).to_contain_text("Say why")
    expect(page.get_by_label("Why not?")).to_be_focused()
    expect(page.get_by_role("radio", name="Two cameras")).to_be_checked()
    expect(page.get_by_label("Quantity of Signs")).to_have_value("10")
    assert not Decision.select().exists()
    clean(page)
    page.get_by_label("Why not?").fill(REASON)
    page.get_by_role("button", name="Decline").click()

    says(page, "You declined")
    expect(page.get_by_role("article")).to_contain_text(REASON)
    desk = signed_in(cast.sam)
    desk.goto(sent.path)
    expect(desk.get_by_role("main")).to_contain_text(REASON)
    told = [one for one in letters() if REASON in one.get_body(("plain",)).get_content()]
    assert {one["To"].split()[0] for one in told} >= {"Sam"}
    assert not baseline.of(cast.project).amendments


def test_an_open_page_says_by_itself_that_it_was_replaced_and_signs_nothing(
    cast, sent, signed_in, clean
):
    page = signed_in(cast.cleo, phone=True)
    page.goto(sent.path)
    fill_name(page)
    draft = sent.subject.estimate.revise(by=cast.sam)
    draft.save_draft(by=cast.sam, edits=draft.edits, values={"lines": {1: {"rate_minor": 135_00}}})
    draft.send(by=cast.sam, deciders=[cast.cleo])
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.get_by_role("alert")).to_contain_text("A newer version replaced estimate 1")
    clean(page)
    approve(page)
    says(page, "This changed while you read it")
    changed = page.get_by_role("table")
    for words in ("Signs", "960", "1,080", "2,410", "2,530"):
        expect(changed).to_contain_text(words)
    clean(page)
    page.get_by_role("link", name="Read version 2").click()
    expect(page.locator("#sheet")).to_contain_text("1,080")
    assert not Decision.select().exists()


def test_within_a_day_the_receipt_takes_an_objection_and_both_sides_see_it(
    cast, sent, signed_in, clean, letters
):
    made = make.answer(sent, by=cast.cleo)
    page = signed_in(cast.cleo, phone=True)
    page.goto(made.receipts.get().path)
    page.get_by_label("What is wrong").fill(" ")
    page.get_by_role("button", name="Object to this answer").click()
    expect(page.locator("#objection")).to_contain_text("Say what is wrong")
    clean(page)
    page.get_by_label("What is wrong").fill("I took it for the smaller film.")
    page.get_by_role("button", name="Object to this answer").click()

    expect(page.get_by_role("article")).to_contain_text("Disputed")
    clean(page)
    desk = signed_in(cast.sam)
    desk.goto(sent.path)
    expect(desk.get_by_role("main")).to_contain_text("I took it for the smaller film.")
    assert any(one["To"].startswith("Sam") and "object" in one["Subject"] for one in letters())
    assert Objection.get().stands
    assert SignOff.get().status == SignOffStatus.APPROVED
