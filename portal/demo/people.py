"""Who is in the story: the studio, its clients and their people."""

from dataclasses import dataclass, field

from portal.access.models import User
from portal.access.permissions import HouseRole
from portal.demo import pictures
from portal.demo.stage import Chapter
from portal.ledger.models import SYSTEM
from portal.projects.models import Client, ClientKind
from portal.storage.models import Blob
from portal.studio.models import Studio

chapter = Chapter()

PASSWORD = "countersign-demo"  # noqa: S105 - printed at the start, and good on this machine alone.
#: Whoever can sign in. The story has more people; they have no password.
ACCOUNTS = {
    "producer@demo.test": "Mara Lindqvist, producer",
    "designer@demo.test": "Tom Okafor, designer",
    "admin@demo.test": "Ye-jin Park, admin",
    "approver@demo.test": "Anneke de Wit, Harbour Museum, approves",
    "reviewer@demo.test": "Salma El Idrissi, Harbour Museum, reviews",
    "rival@demo.test": "Joost Vermeer, Noord Ferry Company",
}
STUDIO = {
    "name": "Fathom & Field",
    "legal_name": "Fathom & Field B.V.",
    "city": "Rotterdam",
    "address": "Kade 41, second floor\n3029 VX Rotterdam\nNetherlands",
    "tax_number": "NL000099998B57",
    "phone": "+31 10 555 0190",
    "email": "portal@fathomfield.example",
    "zone": "Europe/Amsterdam",
    "locale": "en",
    "currency": "EUR",
}
PRODUCER, TEAM, ADMIN = HouseRole.PRODUCER, HouseRole.TEAM, HouseRole.ADMIN
HOUSE = (
    ("yejin", "Ye-jin Park", "admin@demo.test", "office", ADMIN, "+31 10 555 0190"),
    ("mara", "Mara Lindqvist", "producer@demo.test", "producer", PRODUCER, "+31 10 555 0191"),
    ("tom", "Tom Okafor", "designer@demo.test", "designer", TEAM, "+31 10 555 0192"),
    ("lukasz", "Łukasz Wiśniewski", "lukasz@fathomfield.example", "producer", PRODUCER, ""),
    ("petra", "Petra Nováková", "petra@fathomfield.example", "sound and words", TEAM, ""),
)


@dataclass(frozen=True)
class Company:
    """A client with its people: (name on the stage, name, address, title)."""

    key: str
    facts: dict
    people: tuple = field(default=())


COMPANIES = (
    Company(
        "museum",
        {
            "name": "Harbour Museum",
            "legal_name": "Stichting Harbour Museum Rotterdam",
            "address": "Crane 14, Merwekade 3\n3089 KA Rotterdam\nNetherlands",
            "tax_number": "NL000099998B12",
        },
        (
            ("joris", "Joris Verhaegen", "joris@harbourmuseum.example", "director"),
            ("anneke", "Anneke de Wit", "approver@demo.test", "head of digital"),
            ("salma", "Salma El Idrissi", "reviewer@demo.test", "education"),
            ("bram", "Bram Hoekstra", "bram@harbourmuseum.example", "building and grounds"),
        ),
    ),
    Company(
        "noord",
        {
            "name": "Noord Ferry Company",
            "legal_name": "Noord Ferry Company N.V.",
            "address": "Pier 2\n1031 HK Amsterdam\nNetherlands",
            "tax_number": "NL000099998B34",
        },
        (("joost", "Joost Vermeer", "rival@demo.test", "commercial director"),),
    ),
    Company(
        "office",
        {"name": "Our own office", "kind": ClientKind.INTERNAL},
        (("ravi", "Ravi Menon", "ravi@fathomfield.example", "office manager"),),
    ),
)


@chapter.scene(-190, "08:40")
def the_studio_opens_its_portal(stage):
    logo = Blob.keep(pictures.opened("logo.png"), limit="logo")
    Studio.establish(**STUDIO, logo=logo)
    for key, name, email, title, role, phone in HOUSE:
        by = getattr(stage, "yejin", SYSTEM)
        person = User.enrol(
            email=email, name=name, title=title, house_role=role, phone=phone, by=by
        )
        setattr(stage, key, person)


@chapter.scene(-190, "09:25")
def clients_are_entered(stage):
    for company in COMPANIES:
        client = Client.add(by=stage.mara, **company.facts)
        setattr(stage, company.key, client)
        for key, name, email, title in company.people:
            person = User.enrol(email=email, name=name, title=title, client=client, by=stage.mara)
            setattr(stage, key, person)


def give_passwords():
    """Let the accounts in. The last thing that is done: an unfinished story opens to nobody."""
    for email in ACCOUNTS:
        User.by_email(email).set_password(PASSWORD)
