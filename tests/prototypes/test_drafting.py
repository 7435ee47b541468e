"""A version is put together as a draft; once it is sent it stays what it is."""

import pytest

from portal.access.permissions import Role
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.prototypes.models import Prototype, PrototypeVersion, Screen
from portal.signoff.subject import SubjectStatus
from tests import make


def names(version):
    return [screen.name for screen in Screen.of(version)]


def test_a_prototype_starts_as_a_draft_of_which_only_the_studio_knows(cast):
    draft = make.prototype(cast.project, by=cast.sam, pictures=2)

    assert (draft.number, draft.version, draft.is_draft) == (1, 1, True)
    assert names(draft) == ["Screen 1", "Screen 2"]
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.verb, event.is_internal) == (Verb.PROTOTYPE_DRAFTED, True)
    assert draft.prototype.seen_by(Role.APPROVER) == []
    assert draft.prototype.seen_by(Role.TEAM) == [draft]


def test_a_picture_called_like_a_screen_replaces_what_it_shows(cast):
    draft = make.prototype(cast.project, by=cast.sam, pictures=2)
    before = [screen.original_id for screen in Screen.of(draft)]

    draft.add_screens([make.picture("screen 2", seed=9), make.picture("About")])

    after = [screen.original_id for screen in Screen.of(draft)]
    assert names(draft) == ["Screen 1", "Screen 2", "About"]
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_two_files_of_one_name_in_one_upload_are_two_screens(cast):
    draft = make.prototype(cast.project, by=cast.sam, pictures=0)

    draft.add_screens([make.picture("Home", 1), make.picture("Home", 2)])

    assert names(draft) == ["Home", "Home 2"]


def test_screens_move_up_and_down_and_not_beyond_the_ends(cast):
    draft = make.prototype(cast.project, by=cast.sam, pictures=3)
    last = Screen.of(draft)[2]

    draft.shift_screen(last.id, -1)
    assert names(draft) == ["Screen 1", "Screen 3", "Screen 2"]
    draft.shift_screen(last.id, -50)
    assert names(draft) == ["Screen 3", "Screen 1", "Screen 2"]
    assert [screen.position for screen in Screen.of(draft)] == [1, 2, 3]


def test_a_screen_can_be_taken_out_and_the_second_press_says_so(cast):
    draft = make.prototype(cast.project, by=cast.sam, pictures=3)
    first = Screen.of(draft)[0]

    draft.drop_screens([first.id])

    assert [(s.name, s.position) for s in Screen.of(draft)] == [("Screen 2", 1), ("Screen 3", 2)]
    with pytest.raises(Conflict, match="not there any more"):
        draft.drop_screens([first.id])


def test_each_screen_has_a_name_of_its_own(cast):
    draft = make.prototype(cast.project, by=cast.sam, pictures=2)
    first = Screen.of(draft)[0]

    for name in ("", "  ", "screen 2"):
        with pytest.raises(DomainError, match="name of its own"):
            draft.rename_screen(first.id, name)
    draft.rename_screen(first.id, "Opening hours")

    assert names(draft) == ["Opening hours", "Screen 2"]


def test_nothing_of_a_sent_version_can_change(cast):
    draft = make.prototype(cast.project, by=cast.sam)
    stale = PrototypeVersion.get_by_id(draft.id)
    screen = Screen.of(draft)[0].id
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])

    for change in (
        lambda: stale.describe(title="Another", note=""),
        lambda: stale.add_screens([make.picture("New")]),
        lambda: stale.rename_screen(screen, "New"),
        lambda: stale.shift_screen(screen, 1),
        lambda: stale.drop_screens([screen]),
        lambda: stale.send(by=cast.sam, deciders=[cast.cleo]),
    ):
        with pytest.raises(Conflict, match="has been sent"):
            change()

    assert PrototypeVersion.get_by_id(draft.id).snapshot() == sign_off.shown


def test_a_new_version_starts_from_the_screens_or_from_nothing(cast, sent):
    kept = sent.prototype.add_version(by=cast.sam)
    assert [s.facts() for s in Screen.of(kept)] == [s.facts() for s in Screen.of(sent)]
    kept.send(by=cast.sam, deciders=[cast.cleo])

    bare = sent.prototype.add_version(by=cast.sam, keeps_screens=False)

    assert (bare.version, names(bare), bare.status) == (3, [], SubjectStatus.DRAFT)


def test_there_is_one_draft_at_a_time(cast, sent):
    sent.prototype.add_version(by=cast.sam)

    with pytest.raises(Conflict, match="Version 2 is still a draft"):
        sent.prototype.add_version(by=cast.dora)

    assert len(Prototype.find(cast.project, 1).history) == 2


def test_several_screens_are_put_before_another_and_keep_their_own_order(cast):
    draft = make.prototype(cast.project, by=cast.dora, pictures=5)
    ids = [screen.id for screen in Screen.of(draft)]

    draft.move_screens({ids[3], ids[1]}, ids[0])
    assert order(draft, ids) == [1, 3, 0, 2, 4]

    draft.move_screens({ids[1], ids[3]}, 0)
    assert order(draft, ids) == [0, 2, 4, 1, 3]

    with pytest.raises(Conflict):
        draft.move_screens({ids[0]}, 10**9)


def order(draft, ids):
    return [ids.index(screen.id) for screen in Screen.of(draft)]
