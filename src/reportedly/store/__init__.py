"""The library: readings kept in SQLite or PostgreSQL, and searched.

``Library`` is the way in. All SQL of the project is in this room.
"""

from reportedly.store.judgements import Judgement
from reportedly.store.library import Library
from reportedly.store.persons import PeopleQuery, Person, PersonFile, Suggestion
from reportedly.store.query import Query
from reportedly.store.results import Count, Embedded, Facet, Hit, Results
from reportedly.store.sources import Outcome, Sources, Stamp

__all__ = [
    "Count",
    "Embedded",
    "Facet",
    "Hit",
    "Judgement",
    "Library",
    "Outcome",
    "PeopleQuery",
    "Person",
    "PersonFile",
    "Query",
    "Results",
    "Sources",
    "Stamp",
    "Suggestion",
]
