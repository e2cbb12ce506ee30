"""The public surface of the package: what is promised, and what loading it costs."""

import subprocess
import sys

import pytest

import reportedly

NAMES = """
Article Attribution Block Carrier Columns Credit Failure Hit InputError LanguageError Library LibraryError Maker
ModelError NotFoundError NotInLibraryError NotTextError OffsetError Query QueryError Reader Reading ReportedlyError
Results SchemaError Speaker TooLargeError VersionError Voice When __version__ read read_many
"""

# Training's own, and what only reading, pages, HTML output, making a library and the command line need.
HEAVY = {"torch", "transformers", "spacy", "onnxruntime", "trafilatura", "jinja2", "sqlalchemy", "psycopg"}


def test_the_public_names_are_these() -> None:
    assert reportedly.__all__ == NAMES.split()


@pytest.mark.parametrize("name", NAMES.split())
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    member = getattr(reportedly, name)
    if name != "__version__":
        assert member.__doc__
        assert member.__module__.startswith("reportedly.")


def loaded(code: str) -> set[str]:
    """The heavy packages that a fresh interpreter has loaded after some code."""
    tell = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{tell}"], capture_output=True, text=True, check=True)
    return set(done.stdout.split()) & HEAVY


def test_the_package_loads_nothing_heavy() -> None:
    assert loaded("import reportedly") == set()


def test_reading_a_text_file_loads_nothing_heavy(tmp_path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("The mayor said that rain would come.")
    assert loaded(f"from reportedly.ingest import read_path; read_path({str(path)!r})") == set()


def test_the_command_line_loads_nothing_heavy() -> None:
    assert loaded("import reportedly.cli") == set()
