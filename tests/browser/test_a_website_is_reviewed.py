"""A website as studios deliver them works in its frame, and a pin stays on its element."""

import json

import pytest
from playwright.sync_api import expect

from portal.prototypes.models import Pin
from tests import make_sites

pytestmark = pytest.mark.browser

PATH = "/projects/harbour/prototypes/1/versions/1"


@pytest.fixture
def version(cast):
    return make_sites.sent_site(
        cast.project, by=cast.sam, deciders=[cast.cleo], files=make_sites.template()
    )


@pytest.fixture
def opened(cast, version, signed_in):
    """`opened(cleo)` is a page on which the website has come up, and its frame."""

    def of(user=cast.cleo, path=PATH, **how):
        page = signed_in(user, **how)
        page.goto(path)
        page.locator("#site").wait_for()
        return page, page.frame_locator("#site")

    return of


def pin_mode(page):
    page.get_by_label("Leave pins").check()


def middle(page, target, in_x_bp=5_000, in_y_bp=5_000):
    """Where a place in an element of the site is in the window: the frame is scaled."""
    x, y = target.evaluate(
        """(one, [x, y]) => {
            const box = one.getBoundingClientRect()
            return [box.left + box.width * x / 10000, box.top + box.height * y / 10000]
        }""",
        [in_x_bp, in_y_bp],
    )
    frame = page.locator("#site").bounding_box()
    scale = page.locator("site-screen").evaluate("(screen) => screen.scale")
    return frame["x"] + x * scale, frame["y"] + y * scale


def press(page, target):
    page.mouse.click(*middle(page, target))


def tip(page, number=1):
    """Where the tip of a pin is in the window: at the left bottom corner of its drop."""
    return page.locator(f"#at-{number} path").evaluate(
        "(path) => { const box = path.getBoundingClientRect(); return [box.left, box.bottom] }"
    )


def leave(page, target, words="Too small to read"):
    pin_mode(page)
    target.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    press(page, target)
    page.locator("#new-pin textarea").fill(words)
    page.get_by_role("button", name="Save pin").click()
    page.locator("#at-1").wait_for(state="attached")


def test_what_a_template_needs_works(opened):
    page, site = opened()
    expect(site.locator("#tide")).to_have_text("High water at 06:12.")
    expect(site.locator("#works")).not_to_be_empty()
    works = json.loads(site.locator("#works").inner_text())
    assert works == {
        "classic": True,
        "hours": 6,
        "opens": "10:00",
        "fonts": True,
        "picture": True,
        "doubled": 42,
    }
    expect(page.locator("site-notes details")).to_be_hidden()


def test_what_it_keeps_lasts_from_page_to_page(opened):
    page, site = opened()
    expect(site.locator("#visits")).to_have_text("Visit 1, seen=yes.")
    press(page, site.get_by_role("link", name="About"))
    expect(site.locator("h1")).to_have_text("About us")
    press(page, site.get_by_role("link", name="Harbour Museum"))
    expect(site.locator("#visits")).to_have_text("Visit 2, seen=yes.")


def test_links_and_the_buttons_above_lead_through_the_site(opened):
    page, site = opened()
    press(page, site.get_by_role("link", name="Visit"))
    expect(page.locator("[data-route]")).to_have_text("visit/index.html · Visit")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("[data-route]")).to_have_text("index.html · Harbour Museum")
    page.get_by_role("button", name="Forward").click()
    expect(site.locator("h1")).to_have_text("How to get here")
    page.get_by_role("button", name="Reload").click()
    expect(site.locator("h1")).to_have_text("How to get here")


def test_a_script_that_goes_to_the_root_stays_in_the_site(opened):
    _, site = opened()
    site.locator("h1").evaluate("() => { location.href = '/about.html' }")
    expect(site.locator("h1")).to_have_text("About us")


def test_a_missing_page_is_named_and_left_again(opened):
    page, site = opened()
    press(page, site.get_by_role("link", name="Lost"))
    expect(site.locator("body")).to_have_text("There is no file lost.html in this prototype.")
    expect(page.locator("site-notes")).to_contain_text("There is no file lost.html in the zip.")
    page.get_by_role("button", name="Back").click()
    expect(site.locator("h1")).to_have_text("The sea, from inside")


@pytest.mark.parametrize(
    "asks",
    [
        "new Image().src = 'lost.x'",
        "document.body.style.backgroundImage = 'url(lost.x)'",
        "new FontFace('X', 'url(lost.x)').load().catch(() => 0)",
        "fetch('/lost.x')",
        "import('./lost.x').catch(() => 0)",
        "document.body.append(Object.assign(document.createElement('script'), { src: 'lost.x' }))",
    ],
)
def test_a_missing_file_is_named_whoever_asks(opened, asks):
    page, site = opened()
    site.locator("h1").evaluate(f"() => {{ {asks} }}")
    expect(page.locator("site-notes")).to_contain_text("There is no file lost.x in the zip.")


def test_what_cannot_be_opened_in_the_frame_says_so_and_leaves_it_alone(opened):
    page, site = opened()
    for href in ("terms.pdf", "https://example.test/a"):
        site.locator("h1").evaluate(
            """(h1, href) => {
                const link = h1.appendChild(document.createElement("a"))
                link.href = href
                link.click()
            }""",
            href,
        )
    notes = page.locator("site-notes")
    expect(notes).to_contain_text("terms.pdf cannot be opened or saved from in here.")
    expect(notes).to_contain_text("A link leads elsewhere: https://example.test/a")
    expect(site.locator("h1")).to_contain_text("The sea, from inside")


def test_what_it_asks_of_other_sites_is_named_and_not_asked(opened, complaints):
    page, site = opened()
    site.locator("h1").evaluate(
        """() => { document.head.insertAdjacentHTML("beforeend",
            '<link rel="stylesheet" href="https://fonts.example/a.css">') }"""
    )
    page.get_by_text("What this prototype could not load").click()
    expect(page.locator("site-notes")).to_contain_text("It asks for files of fonts.example.")
    assert all("fonts.example" in said for said in complaints)
    complaints.clear()


def test_a_pin_stays_on_its_element_at_another_width(cast, opened):
    page, site = opened()
    book = site.get_by_role("button", name="Book")
    leave(page, book)
    pin = Pin.get()
    assert (pin.route, pin.element.split(">")[-1]) == ("index.html", "button")
    assert pin.viewport_width == 1280
    assert (pin.in_x_bp, pin.in_y_bp) == (pytest.approx(5_000, abs=800),) * 2

    page.get_by_role("link", name="Phone").click()
    page.locator(".pin-no").first.click()

    expect(page.locator("#at-1")).to_be_visible()
    page.wait_for_timeout(300)
    x, y = middle(page, book, pin.in_x_bp, pin.in_y_bp)
    assert tip(page) == [pytest.approx(x, abs=1), pytest.approx(y, abs=1)]


def test_saving_a_pin_does_not_load_the_site_anew(opened):
    page, site = opened()
    site.locator("h1").evaluate("(h1) => { h1.textContent = 'Changed' }")
    leave(page, site.locator("h1"))
    expect(site.locator("h1")).to_have_text("Changed")
    expect(page.locator("#at-1")).to_be_visible()
    expect(page.get_by_label("Leave pins")).to_be_checked()


def test_the_site_does_not_react_while_pins_are_left(opened):
    page, site = opened()
    pin_mode(page)
    press(page, site.get_by_role("link", name="About"))
    expect(page.locator("#new-pin textarea")).to_be_focused()
    expect(page.locator("[data-route]")).to_contain_text("index.html")


def test_a_pin_by_keyboard(opened):
    page, site = opened()
    page.get_by_label("Use it").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("site-frame [role=status]")).to_contain_text("Tab and press Enter")
    for _ in range(6):  # The logo, three links, then what nobody could focus otherwise.
        page.keyboard.press("Tab")
    expect(site.locator(".hero p")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#new-pin textarea")).to_be_focused()
    page.keyboard.type("Say until when")
    page.get_by_role("button", name="Save pin").press("Enter")
    page.locator("#at-1").wait_for(state="attached")
    assert Pin.get().element == "html>body>section>p"


def test_escape_ends_leaving_pins(opened):
    page, _ = opened()
    pin_mode(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Use it")).to_be_checked()
    expect(page.get_by_label("Use it")).to_be_focused()


def test_a_pin_on_another_page_is_found_from_the_list(cast, version, opened):
    place = {"route": "about.html", "element": "h1", "in_x_bp": 500, "in_y_bp": 5_000}
    Pin.leave(version, by=cast.cleo, screen=1, text="Whose?", x_bp=500, y_bp=500, **place)
    page, site = opened()
    expect(page.locator("#at-1")).to_be_hidden()
    page.locator(".pin-no").first.click()
    expect(site.locator("h1")).to_have_text("About us")
    expect(page.locator("#at-1")).to_be_visible()


def test_a_pin_whose_element_is_gone_says_so_and_stays_in_the_page(cast, version, opened):
    place = {"route": "index.html", "element": "#gone", "in_x_bp": 500, "in_y_bp": 5_000}
    Pin.leave(version, by=cast.cleo, screen=1, text="Whose?", x_bp=5_000, y_bp=1_000, **place)
    page, _ = opened()
    expect(page.locator("#at-1.lost")).to_be_visible()


def test_a_phone_pins_by_touch(cast, opened, axe):
    page, site = opened(phone=True)
    pin_mode(page)
    page.touchscreen.tap(*middle(page, site.locator("h1")))
    page.locator("#new-pin textarea").fill("Whose sea?")
    page.get_by_role("button", name="Save pin").click()
    expect(page.locator("#at-1")).to_be_visible()
    assert Pin.get().viewport_width == 390
    axe(page)


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_accessible(opened, axe, dark):
    page, site = opened(dark=dark)
    expect(site.locator("#works")).not_to_be_empty()
    axe(page)


def test_without_javascript_it_can_be_looked_at_and_spoken_of(opened):
    page, site = opened(javascript=False)
    expect(site.locator("h1")).to_have_text("The sea, from inside")
    page.get_by_text("Leave a pin without touching").click()
    page.get_by_label("On which page").fill("about.html")
    page.locator("#new-pin textarea").fill("Say who we are.")
    page.get_by_role("button", name="Save pin").click()
    expect(page.get_by_role("main")).to_contain_text("Say who we are.")
    assert Pin.get().route == "about.html"


def test_the_studio_chooses_the_page_it_begins_with(cast, signed_in):
    make_sites.site(cast.project, by=cast.sam, files=make_sites.template())
    page = signed_in(cast.sam)
    page.goto(PATH)
    page.get_by_label("The page it begins with").select_option("about.html")
    page.get_by_role("button", name="Change where Website begins").click()
    expect(page.locator(".screens p.ink-2")).to_have_text("about.html")
