"""The chapters: one for the people, one for each room in which something happens."""

from portal.demo import people
from portal.demo.chapters import (
    budget,
    care,
    changes,
    estimates,
    feedback,
    house,
    kinds,
    opening,
    others,
    pins,
    projects,
    prototypes,
    quay,
    talk,
)

CHAPTERS = (
    people.chapter,
    projects.chapter,
    estimates.chapter,
    others.chapter,
    changes.chapter,
    prototypes.chapter,
    budget.chapter,
    feedback.chapter,
    care.chapter,
    pins.chapter,
    kinds.chapter,
    house.chapter,
    opening.chapter,
    quay.chapter,
    talk.chapter,
)
