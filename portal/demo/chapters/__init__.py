"""The chapters: one for the people, one for each room in which something happens."""

from portal.demo import people
from portal.demo.chapters import (
    changes,
    estimates,
    feedback,
    kinds,
    others,
    pins,
    projects,
    prototypes,
)

CHAPTERS = (
    people.chapter,
    projects.chapter,
    estimates.chapter,
    others.chapter,
    changes.chapter,
    prototypes.chapter,
    feedback.chapter,
    pins.chapter,
    kinds.chapter,
)
