"""Several browsers at once, each in a thread with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from portal.access.models import AddressChange, Attempt, Code, Invitation, User
from portal.access.models.entry import CODE_TRIES
from portal.access.permissions import Role
from portal.core import db
from portal.core.errors import DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from tests import make

KEY = "a secret of the tests, and of nobody else"
AT_ONCE = 10


def at_once(task):
    """Run a task in threads that start together; return how many of them were not refused."""
    return each_at_once([task] * AT_ONCE)


def each_at_once(tasks):
    barrier = Barrier(len(tasks))

    def run(task):
        db.take_connection()
        barrier.wait()
        try:
            task()
        except DomainError:
            return 0
        else:
            return 1
        finally:
            db.handle.obj.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return sum(pool.map(run, tasks))


def test_guesses_that_come_at_once_are_counted_one_by_one(cast):
    code = Code.send(cast.cleo, browser="mine")
    wrong = f"{(int(code.digits(KEY)) + 1) % 1_000_000:06d}"

    assert at_once(lambda: Code.redeem(cast.cleo, wrong, browser="mine", key=KEY)) == 0

    assert Code.get().tries == CODE_TRIES


def test_a_code_that_is_typed_twice_at_once_opens_once(cast):
    digits = Code.send(cast.cleo, browser="mine").digits(KEY)

    assert at_once(lambda: Code.redeem(cast.cleo, digits, browser="mine", key=KEY)) == 1


def test_askings_that_come_at_once_get_one_code(cast):
    assert at_once(lambda: Code.may_be_asked(cast.cleo.email)) >= 1

    keys = [attempt.key for attempt in Attempt.select()]
    assert len(keys) == len(set(keys)), "one for each limit"


def test_coming_in_twice_at_once_is_recorded_once(cast):
    invitation = Invitation.send(cast.vic, by=cast.sam, project=cast.project)

    at_once(lambda: Invitation.accepted_by(cast.vic, invitation.id))

    assert Event.select().where(Event.verb == Verb.INVITATION_ACCEPTED).count() == 1


def test_a_person_who_is_added_twice_at_once_is_there_once(cast):
    nell = make.user("Nell Faber", client=cast.client)

    assert at_once(lambda: cast.project.add_member(nell, Role.REVIEWER, by=cast.sam)) == 1

    assert nell.memberships.count() == nell.invitations.count() == 1


def test_one_address_that_many_want_at_once_becomes_ones_own(cast):
    """The others are refused in words: it is no error of the portal's."""
    people = (cast.cleo, cast.vic, cast.otto, cast.dora)
    asked = {person: AddressChange.ask(person, "new@demo.test") for person in people}

    def confirm(person):
        digits = asked[person].digits(KEY)
        AddressChange.confirm(User.get_by_id(person.id), digits, key=KEY, kept=None)

    enrol = partial(make.user, "Nell Faber", client=cast.client, email="new@demo.test")
    tasks = [partial(confirm, person) for person in people]

    assert each_at_once([*tasks, enrol, enrol]) == 1
    assert User.select().where(User.email == "new@demo.test").count() == 1
