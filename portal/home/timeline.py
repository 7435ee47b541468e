"""The dates of a project on one line."""

from portal.core import dates, filters


def rows(project, baseline, launches):
    """Return (day, name, words, state) in the order of days, as `charts.milestones` draws them.

    `launches` are the other launches that open sign-offs would bring.
    """
    reader = filters.READER.get()
    marks = []
    if project.starts_on:
        marks.append((project.starts_on, "Start"))
    if baseline.amendments:
        signed_at = baseline.amendments[0].signed_at
        marks.append((dates.today(signed_at, reader.zone), "Contract"))
    if project.next_on and project.next_on != project.launch_on:
        marks.append((project.next_on, project.next_what or "Next date"))
    if project.launch_on:
        marks.append((project.launch_on, "Launch"))
    if not marks:
        return []
    today = reader.today
    found = [(on, name, "done" if on < today else "todo") for on, name in marks if on != today]
    names = [name for on, name in marks if on == today]
    found.append((today, names[0] if names else "Today", "now"))
    found += [(on, "Launch, perhaps", "maybe") for on in launches if on != project.launch_on]
    return [
        (
            on.toordinal(),
            name,
            "today" if state == "now" and names else filters.short_day(on),
            state,
        )
        for on, name, state in sorted(found)
    ]
