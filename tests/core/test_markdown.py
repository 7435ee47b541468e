"""What people write becomes HTML that can do nothing: whatever they write, and however much."""

import re
import time

import pytest

from portal.core import markdown

ALLOWED = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "del"}
MOST = 20_000  # Characters of one message.
SECONDS = 5  # Far more than it takes, far less than what grows by the square.


@pytest.fixture(autouse=True)
def _at_home():
    before = list(markdown._ours)
    markdown.know_ours("http://127.0.0.1:8000")
    yield
    markdown._ours[:] = before


def tags(page):
    return {tag.lower() for tag in re.findall(r"</?([a-zA-Z][\w-]*)", page)}


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
    ],
)
def test_no_link_runs_anything(text):
    assert "href" not in markdown.render(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](http://elsewhere.test/pixel.png)",
        "<svg/onload=alert(1)>",
        '[x](http://a.test/"onmouseover="alert(1))',
        '[x](http://a.test "title")',
        '<a class="ours" href="http://127.0.0.1:8000/x">x</a>',
        'http://127.0.0.1:8000/"onclick=alert(1)',
        "<!-- -->\n<b onclick=x>b</b>",
        "| a | b |\n|---|---|\n| c | d |",
    ],
)
def test_nothing_comes_through_but_words_and_links(text):
    page = markdown.render(text)

    assert tags(page) <= ALLOWED
    attributes = {
        name for tag in re.findall("<[^>]*>", page) for name in re.findall(r" (\w+)=", tag)
    }
    assert attributes <= {"class", "href", "rel"}


def test_only_our_own_addresses_are_ours():
    page = markdown.render("http://127.0.0.1:8000.evil.test/x http://127.0.0.1:8000@evil.test/x")

    assert "<a" not in page


def test_a_name_is_bold_but_not_in_code_and_never_html():
    page = markdown.render("@Mo `@Mo` @<b>x</b>", ["mo", "<b>x</b>"])

    assert "<strong>@Mo</strong> <code>@Mo</code> <strong>@&lt;b&gt;x&lt;/b&gt;</strong>" in page


@pytest.mark.parametrize(
    "text",
    ["*", "[", "![", "> ", "- ", "`", "~~a", "_a_", "[a](", "@", "@mo ", "<", "&", "\\*", "\n"],
)
def test_the_longest_message_of_one_thing_takes_no_ages(text):
    started = time.monotonic()

    page = markdown.render(text * (MOST // len(text)), ["mo", "mo lee"])

    assert time.monotonic() - started < SECONDS
    assert page.count("<blockquote>") <= 20
    assert page.count("<ul>") <= 20


def test_lists_in_lists_end_somewhere():
    page = markdown.render("\n".join("  " * depth + "- x" for depth in range(150)))

    assert page.count("<ul>") <= 20
