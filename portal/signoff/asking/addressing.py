"""Whom the letters about a sign-off go to, and what each of them says of it."""

from portal.core import dates, money
from portal.notices.registry import Post
from portal.projects.models import Project
from portal.signoff.asking import silence
from portal.signoff.models import StandIn
from portal.signoff.models.stand_ins import studio_day


def requests(sign_off, asked, template="sign-off-request"):
    """Yield the letter to each of these addressees, and to whoever answers for them today."""
    context, stand_ins = about(sign_off), StandIn.today(sign_off.project)
    for one in asked:
        said = {**context, "ask": str(one.ask)}
        yield Post(template, [one.user], said)
        if one.is_seat and one.user_id in stand_ins:
            yield Post(template, [stand_ins[one.user_id]], said | {"acting_for": one.user.name})


def people_behind(asked):
    """Return these addressees' people, and whoever answers for them today, each once."""
    people = [one.user for one in asked]
    if asked:
        stand_ins = StandIn.today(asked[0].sign_off.project)
        seats = [one for one in asked if one.is_seat and one.user_id in stand_ins]
        people += [stand_ins[one.user_id] for one in seats]
    return list(dict.fromkeys(people))


def about(sign_off):
    """Return what every letter about a sign-off says."""
    project = Project.get_by_id(sign_off.project_id)
    return {
        "label": sign_off.label,
        "title": sign_off.title,
        "project": project.name,
        "path": sign_off.path,
        "amount": sign_off.amount_minor is not None
        and in_words({"minor": sign_off.amount_minor, "currency": sign_off.currency}),
        "due": sign_off.due_on and dates.weekday(sign_off.due_on),
        "silence": sign_off.silence,
        "holds": " ".join(silence.words(silence.of(sign_off, studio_day()), sign_off.currency)),
        "from_name": sign_off.requested_by.name,
        "from_title": sign_off.requested_by.title,
        "from_phone": sign_off.requested_by.phone,
        "closed": sign_off.closed_at is not None,
        "acting_for": "",
    }


def in_words(amount):
    figure = money.show(amount["minor"], amount["currency"], brief=True)
    return f"{figure} {amount['currency']}"
