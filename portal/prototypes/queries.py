"""What the pages about prototypes read."""

from portal.core.read import Read
from portal.prototypes.models import Pin, Screen, Source

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
              r.key as source_key, r.name as source_name
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
_PINS = Read(
    """select p.*, u.name as author_name, s.position as on_screen, s.name as screen_name,
              b.number as batch_number, b.note as batch_note, b.published_at,
              a.name as answered_by_name
       from pin p join "user" u on u.id = p.author_id join screen s on s.id = p.screen_id
       left join pin_batch b on b.id = p.batch_id left join "user" a on a.id = p.answered_by_id
       where p.version_id = :version and (p.batch_id is not null or p.author_id = :reader)
       order by case when p.number is null then 1 else 0 end, p.number, p.id""",
    model=Pin,
)
_ASKED = Read(
    """select s.number, s.status, s.due_on, a.user_id, a.ask, u.name, d.answer, o.view,
              r.public_id as receipt
       from sign_off s join addressee a on a.sign_off_id = s.id join "user" u on u.id = a.user_id
       left join decision d on d.sign_off_id = s.id and d.user_id = a.user_id
       left join receipt r on r.decision_id = d.id
       left join opinion o on o.sign_off_id = s.id and o.user_id = a.user_id
       where s.kind = 'prototype' and s.subject_id = :version order by a.id"""
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
    """Return the screens of a version, each with what its original and its copy are."""
    return _SCREENS.all(version=version.id)


def sources(version):
    """Return the files of a draft that are not ready yet, or never will be."""
    return _SOURCES.all(version=version.id)


def pins(version, reader):
    """Return what is published on a version, by number, then this reader's own drafts."""
    return _PINS.all(version=version.id, reader=reader.id)


def asked(version):
    """Return the sign-off of a version once for each addressee, with the person's answer."""
    return _ASKED.all(version=version.id)


def copies(version):
    """Return the light copies a version shows, by the hash of each copy and of its original."""
    rows = _COPIES.all(version=version.id)
    return {row.sha256: row for row in rows} | {row.shown_sha256: row for row in rows}
