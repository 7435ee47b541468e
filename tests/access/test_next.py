"""After signing in one goes to a page of ours, whatever the address said."""

import pytest

from portal.access.next_page import LONGEST, safe_next

OURS = [
    "/",
    "/account",
    "/projects",
    "/projects/harbour",
    "/projects/harbour?tab=1",
    "/projects/harbour#budget",
    "/projects/harbour/sign-offs/7",
    "/projects/harbour/activity?before=12",
    "/receipts/abc",
]
EVIL = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "//evil.example/projects",
    "//127.0.0.1:8000@evil.example/",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http://127.0.0.1:8000.evil.example/",
    "HTTPS://EVIL.EXAMPLE",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,hello",
    "vbscript:x",
    "mailto:evil@evil.example",
    "evil.example",
    "evil.example/projects",
    "projects",
    ".",
    "..",
    "./projects",
    "../projects",
    "?next=//evil.example",
    "#//evil.example",
    " /projects",
    "/ /evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "\n//evil.example",
    "/\r/evil.example",
    "\r\n//evil.example",
    "/projects\r\nSet-Cookie: a=b",
    "/projects\x00",
    "\x00//evil.example",
    "/\x0b/evil.example",
    "/%2f%2fevil.example",
    "/%2fevil.example",
    "%2f%2fevil.example",
    "/%5cevil.example",
    "/%5c%5cevil.example",
    "/%09/evil.example",
    "/%0d%0aSet-Cookie:%20a=b",
    "/.//evil.example",
    "/..//evil.example",
    "/./\\evil.example",
    "/;@evil.example",
    "/@evil.example",
    "/:80",
    "//[evil",
    "/no/such/page",
    "/sign-out",
    "/account/password",
    "/projects/harbour/sign-offs/7/decisions",
    "/static/app.css",
    "",
    None,
]


@pytest.mark.parametrize("target", OURS)
def test_a_page_of_ours_is_gone_to(app, target):
    with app.test_request_context():
        assert safe_next(target) == target


@pytest.mark.parametrize("target", EVIL, ids=repr)
def test_anything_else_leads_home(app, target):
    with app.test_request_context():
        assert safe_next(target) == "/"


def test_an_endless_one_leads_home(app):
    with app.test_request_context():
        assert safe_next("/projects?" + "x" * LONGEST) == "/"


@pytest.mark.parametrize("target", EVIL[:7], ids=repr)
def test_signing_in_goes_nowhere_else(as_, cast, target):
    cast.cleo.set_password("countersign three words")
    fields = {"email": cast.cleo.email, "password": "countersign three words", "next": target}

    assert as_(None).post("/sign-in", data=fields).location == "/"
    assert "evil" not in (as_(None).post("/sign-in", data=fields | {"password": ""}).location)


def test_a_page_that_needs_a_sign_in_is_come_back_to(as_, cast):
    answer = as_(None).get("/projects/harbour/activity?before=12")

    assert answer.location == "/sign-in?next=/projects/harbour/activity?before%3D12"


def test_a_post_without_a_sign_in_is_not_repeated(as_, cast):
    assert as_(None).post("/account").location == "/sign-in"


@pytest.mark.parametrize("page", ["https://evil.example/x", "//evil.example", "javascript:x", ""])
def test_a_part_asked_for_from_elsewhere_names_no_other_site(as_, cast, page):
    headers = {"HX-Request-Type": "partial", "HX-Current-URL": page}

    answer = as_(None).get("/projects/harbour", headers=headers)

    assert "evil.example" not in answer.headers["HX-Redirect"]
