"""Bytes to Article: everything that news arrives in.

``read_inputs`` is the way in for files of every kind, directories, patterns, URLs and standard input;
``read_path`` reads a file that holds one article; ``from_text`` and ``from_html`` what is already in memory. An
article's text is never changed afterwards; its blocks say what each part of it is.

Where a file holds many articles, the ``path`` of each is the file's with ``#`` and its place: the number of the
line in JSON lines, of the row in Parquet, of the entry in a feed or sitemap, of the record in a WARC archive.
"""

from reportedly.ingest.inputs import Input, failure_of, inputs_of, outcomes, outcomes_of, read_inputs, read_path
from reportedly.ingest.options import MAX_BYTES, Columns, Fetched, Fetcher, Options
from reportedly.ingest.page import from_html
from reportedly.ingest.plain import from_text
from reportedly.ingest.source import STDIN

__all__ = [
    "MAX_BYTES",
    "STDIN",
    "Columns",
    "Fetched",
    "Fetcher",
    "Input",
    "Options",
    "failure_of",
    "from_html",
    "from_text",
    "inputs_of",
    "outcomes",
    "outcomes_of",
    "read_inputs",
    "read_path",
]
