"""What a change request tells of the feedback it came of."""

from portal.changes.models import Picture, Told, origin
from portal.feedback.models.item import Feedback
from portal.feedback.models.parts import FeedbackPicture
from portal.storage.models import Blob


@origin(Feedback.KIND)
def told(project, numbers):
    """Return the first line of each, with the pictures that came with it."""
    wanted = (Feedback.project == project) & Feedback.number.in_(numbers)
    rows = FeedbackPicture.select(FeedbackPicture, Blob).join(Blob, on=FeedbackPicture.small)
    pictured = rows.switch(FeedbackPicture).join(Feedback).where(wanted)
    pictures = {}
    for row in pictured.order_by(FeedbackPicture.id):
        pictures.setdefault(row.feedback_id, []).append(_picture(row.small))
    return {
        item.number: Told(item.title, tuple(pictures.get(item.id, ())))
        for item in Feedback.select().where(wanted)
    }


def _picture(blob):
    return Picture(blob.sha256, blob.media_type, blob.width, blob.height)
