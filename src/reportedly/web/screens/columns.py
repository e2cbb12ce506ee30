"""People's own columns: what only people may say of speakers, as CSV in and out, each change to be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, cast

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import Response

from reportedly.errors import QueryError
from reportedly.store import Library
from reportedly.store.columns import OwnChange, headings, own_changes, own_entries, undo_own
from reportedly.store.sheet import ID, SPEAKER, Fault, take_sheet
from reportedly.web import links
from reportedly.web.desk import AtDesk, Desk
from reportedly.web.guard.door import Who
from reportedly.web.screen import Table, screen, see
from reportedly.web.screens.speaker import name_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """The own columns: which there are, what was changed, and what is wrong with a file that was sent."""

    library: Library
    headings: tuple[str, ...]
    changes: tuple[OwnChange, ...]
    faults: tuple[Fault, ...] = ()
    more_faults: bool = False
    trouble: str = ""

    title: str = "Own columns"

    def record(self) -> dict[str, Any]:
        """The columns, who has what in them, and what was changed."""
        return {
            "headings": list(self.headings),
            "speakers": [asdict(entry) for entry in own_entries(self.library)],
            "changes": [asdict(change) for change in self.changes],
        }

    def table(self) -> Table:
        """Somebody a row, as it can be read back."""
        return Table((SPEAKER, ID, *self.headings), self._rows())

    def _rows(self) -> Iterator[Sequence[object]]:
        for entry in own_entries(self.library):
            yield (entry.name, entry.person, *(entry.own.get(heading, "") for heading in self.headings))


@screen(router, "/columns", "columns.html", section="inventory")
def own_column_list(desk: AtDesk) -> ColumnsView:
    """People's own columns of speakers; as CSV, to be filled in and read back."""
    return _view(desk)


def _view(desk: Desk, faults: tuple[Fault, ...] = (), more: bool = False, trouble: str = "") -> ColumnsView:
    return ColumnsView(desk.library, headings(desk.library), own_changes(desk.library), faults, more, trouble)


@router.post("/columns", include_in_schema=False)
def import_columns(
    desk: AtDesk,
    who: Who,
    request: Request,
    sheet: Annotated[UploadFile | None, File()] = None,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Read a sheet of own columns: all of it, or, where a line is wrong, nothing."""
    data = sheet.file.read() if sheet is not None else b""
    data = data or text.encode("utf-8", "surrogatepass")
    view = _view(desk, trouble="Choose a file, or paste a table.")
    if data:
        try:
            _, found = take_sheet(desk.library, data, name_of(who))
        except QueryError as error:
            view = _view(desk, trouble=str(error))
        else:
            if not found.faults:
                return see(f"{links.columns()}#changes")
            view = _view(desk, found.faults, found.more_faults)
    return cast(Response, request.app.state.pages.page(request, "columns.html", view, "inventory", 422))


@router.post("/columns/undo", include_in_schema=False)
def undo(desk: AtDesk, who: Who, number: Annotated[int, Form(ge=1)]) -> Response:
    """Take a change back, where nobody has written over it since."""
    undo_own(desk.library, number, name_of(who))
    return see(f"{links.columns()}#changes")
