"""One reading against newsroom sourcing rules.

``audit`` gives the findings, ``select`` reads ``--rules``, ``load_rules`` a house's own rules; ``view``,
``to_json`` and ``to_sarif`` say the findings to people and programs.
"""

from reportedly.audit.auditor import Selection, audit, select
from reportedly.audit.catalogue import shipped_rules
from reportedly.audit.house import load_rules
from reportedly.audit.render import summary, to_json, to_records, view
from reportedly.audit.rule import Finding, Origin, Rule, Severity
from reportedly.audit.sarif import to_sarif

__all__ = [
    "Finding",
    "Origin",
    "Rule",
    "Selection",
    "Severity",
    "audit",
    "load_rules",
    "select",
    "shipped_rules",
    "summary",
    "to_json",
    "to_records",
    "to_sarif",
    "view",
]
