"""What stands between the network and the screens, in the order in which a request meets it.

``frame`` puts the headers on every answer, catches what fails and keeps the audit log; ``hosts`` refuses names that are
not ours; ``rate``, ``size`` and ``patience`` bound what one visitor takes; ``door`` says who it is; ``forgery``, at
every route, that a change was asked for on one of our own pages.
"""
