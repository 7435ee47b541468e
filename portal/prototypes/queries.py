"""What the pages about prototypes read."""

from portal.core.read import Read
from portal.prototypes.models import Comparison, Pin, Screen, Source

_INDEX = Read(
    """select p.number, v.version, v.status, v.title, v.note, s.name as screen,
              s.kind, b.sha256, b.media_type, b.width, b.height,
              (select count(*) from screen n where n.version_id = v.id) as screens,
              (select count(*) from pin n where n.version_id = v.id and n.batch_id is not null
                and n.status = 'open') as open_pins
       from prototype p
       join prototype_version v on v.prototype_id = p.id and v.version =
            (select max(n.version) from prototype_version n
             where n.prototype_id = p.id and (n.status != 'draft' or :drafts = 1))
       left join screen s on s.version_id = v.id and s.position = 1
       left join blob b on b.id = s.thumb_id
       where p.project_id = :project order by p.number desc"""
)
_SCREENS = Read(
    """select s.*, o.sha256, o.media_type, o.size_bytes, t.sha256 as thumb_sha256,
              t.width as thumb_width, t.height as thumb_height, c.sha256 as shown_sha256,
              c.media_type as shown_media_type, c.width as shown_width, c.height as shown_height,
              f.sha256 as fine_sha256, f.media_type as fine_media_type, f.width as fine_width,
              r.key as source_key, r.name as source_name,
              (select max(number) from pin where project_id = :project) as last_pin
       from screen s left join blob o on o.id = s.original_id left join blob t on t.id = s.thumb_id
       left join blob c on c.id = s.shown_id left join blob f on f.id = s.fine_id
       left join source r on r.id = s.source_id
       where s.version_id = :version order by s.position, s.id""",
    model=Screen,
)
_SOURCES = Read(
    """select s.*, b.sha256, b.media_type from source s left join blob b on b.id = s.blob_id
       where s.version_id = :version and s.status != 'ready' order by s.id""",
    model=Source,
)
# What is published on a version and on the one before it, and what of still earlier ones waits to
# be settled: open, or addressed and not verified. On a screen that is not there any more: None.
_PINS = Read(
    """select p.*, u.name as author_name, u.house_role is not null as is_by_studio,
              w.version as of_version, s.name as screen_name, n.position as on_screen,
              b.number as batch_number, b.note as batch_note, b.published_at, g.name as batch_by,
              a.name as answered_by_name,
              (select count(*) from message m where m.project_id = p.project_id
                and m.subject_kind = 'pin' and m.subject_number = p.number
                and m.did in ('', 'open')) as messages
       from pin p join "user" u on u.id = p.author_id join screen s on s.id = p.screen_id
       join prototype_version w on w.id = p.version_id
       left join screen n on n.version_id = :version and n.name = s.name and (n.kind = s.kind
                or n.kind in ('image', 'page') and s.kind in ('image', 'page'))
       left join pin_batch b on b.id = p.batch_id left join "user" a on a.id = p.answered_by_id
       left join "user" g on g.id = b.author_id
       where p.version_id = :version and (p.batch_id is not null or p.author_id = :reader
             and not exists (select 1 from shared_pin h where h.pin_id = p.id))
          or w.prototype_id = :prototype and w.version < :carries_to and p.batch_id is not null
             and (p.status in ('open', 'addressed') or w.version = :last)
       order by case when p.number is null then 1 else 0 end, p.number, p.id""",
    model=Pin,
)
_ASKED = Read(
    """select s.number, s.status, s.due_on, a.user_id, a.ask, a.asked_at, a.opened_at, u.name, d.answer,
              d.notes, d.made_at, o.view, o.note, o.given_at, r.public_id as receipt
       from sign_off s join addressee a on a.sign_off_id = s.id join "user" u on u.id = a.user_id
       left join decision d on d.seat_id = a.id
       left join receipt r on r.decision_id = d.id
       left join opinion o on o.sign_off_id = s.id and o.user_id = a.user_id
       where s.kind = 'prototype' and s.subject_id = :version and a.ask <> 'copy'
       order by a.position, a.id"""
)
_COMPARISONS = Read(
    """select c.*, b.sha256 as picture_sha256, b.media_type as picture_media_type,
              b.width as picture_width, b.height as picture_height
       from comparison c left join blob b on b.id = c.picture_id
       where c.project_id = :project
         and c.before_id in (select s.shown_id from screen s where s.version_id = :before)
         and c.after_id in (select s.shown_id from screen s where s.version_id = :after)""",
    model=Comparison,
)
_COPIES = Read(
    """select o.sha256, c.sha256 as shown_sha256, t.sha256 as thumb_sha256
       from screen s join blob o on o.id = s.original_id join blob c on c.id = s.shown_id
       join blob t on t.id = s.thumb_id where s.version_id = :version order by s.id"""
)


def index(project, *, drafts):
    """Return each prototype by the newest version that may be seen; `drafts` says whether of all."""
    return _INDEX.all(project=project.id, drafts=int(drafts))


def screens(version):
    """Return the screens of a version, each with what its original and its copy are.

    Each also knows `last_pin`, the highest number of a published pin in the project, or None.
    """
    return _SCREENS.all(version=version.id, project=version.project.id)


def sources(version):
    """Return the files of a draft that are not ready yet, or never will be."""
    return _SOURCES.all(version=version.id)


def pins(version, reader):
    """Return the pins of a version by number, then this reader's own drafts.

    On the version that was sent last, those of the version before it and the unsettled ones of
    any earlier are among them.
    """
    before = [one.version for one in version.prototype.sent if one.version < version.version]
    carries = before and version.replaced_by is None
    return _PINS.all(
        version=version.id,
        reader=reader.id,
        prototype=version.prototype_id,
        carries_to=version.version if carries else 0,
        last=before[0] if carries else 0,
    )


def asked(version):
    """Return the sign-off of a version once for each addressee, with the person's answer."""
    return _ASKED.all(version=version.id)


def copies(version):
    """Return the light copies a version shows, by the hash of each copy and of its original."""
    rows = _COPIES.all(version=version.id)
    return {row.sha256: row for row in rows} | {row.shown_sha256: row for row in rows}


def comparisons(before, after):
    """Return what is known of how the pictures of two versions differ, by their ids."""
    ids = {"project": after.project.id, "before": before.id, "after": after.id}
    return {(row.before_id, row.after_id): row for row in _COMPARISONS.all(**ids)}
