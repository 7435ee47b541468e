"""What can be typed, for whoever has not typed anything: made of the closed lists themselves."""

from portal.feedback.words import Severity, VerdictKind
from portal.search.filters import kinds_for, names_for, states_for
from portal.search.states import PARTS

#: What a search can look like.
EXAMPLES = (
    ("kind:complaint is:open", "Complaints that are not done"),
    ("is:overdue", "What should have been answered by now"),
    ("kind:estimate is:signed", "Signed estimates"),
    ("is:waiting", "What waits for the client’s answer"),
    ('"opening hours" -website', "These two words together, without that one"),
    ("by:me kind:message", "What you wrote"),
)
CLIENT_EXAMPLES = EXAMPLES[2:]
RULES = (
    ("two words", "Both of them, anywhere"),
    ('"two words"', "One after the other"),
    ("-word", "Without it; -is:open is what is not open"),
    ("kind:pin kind:question", "One or the other"),
)


def examples(reader):
    """Return (what to type, what it finds) for this reader."""
    return EXAMPLES if reader.is_studio else CLIENT_EXAMPLES


def rules(reader):
    """Return (what to type, what it means): every filter of this reader with its words."""
    means = {
        "after": "That day or later, such as 2026-03-01 or 2026-03",
        "before": "Before that day",
        "by": "Who said or sent it: a name, or me",
        "client": "Part of the client’s name",
        "has": ", ".join(sorted(PARTS)),
        "is": ", ".join(states_for(reader)),
        "kind": ", ".join(kinds_for(reader)),
        "project": "Part of the project’s name",
        "severity": ", ".join(Severity),
        "verdict": ", ".join(kind.replace("_", "-") for kind in VerdictKind),
        "with": "In whose hands it is: a name, or me",
    }
    return [*RULES, *((f"{name}:", means[name]) for name in names_for(reader))]
