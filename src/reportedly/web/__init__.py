"""The web application: a library, read, followed and compared in the browser. ``create_app`` is the way in.

Pages are made on the server and are whole without JavaScript; the modules in ``static`` only add keys and ease. No
page asks for anything from elsewhere, and a strict content security policy holds it to that: no inline script, no
inline style, no ``style=`` attribute.

How a request walks: ``guard`` (host, rate, time, who it is) -> a screen's function -> its view -> an answer.

How a screen is added
---------------------
1. **One module** in ``screens``, with a ``router`` and for each page a frozen dataclass, its *view*, which holds all
   that the page shows and has three members (``screen.View``)::

       @dataclass(frozen=True, slots=True)
       class SpeakerView:
           speaker: str
           ...
           title: str                                # of the window
           def record(self) -> dict[str, object]     # the page as JSON types
           def table(self) -> Table                  # the page as rows, for CSV

   and a function that makes it, declared with ``screen``::

       router = APIRouter()

       @screen(router, "/speaker/{name}", "speaker.html", section="speakers")
       def speaker(desk: AtDesk, name: str, paging: Paging) -> SpeakerView:
           '''Everything that one speaker is said to have said.'''    # its line in the OpenAPI description

   It is served at ``/speaker/{name}``, and as ``/speaker/{name}.json`` and ``.csv`` without another line. The function
   is plain ``def``: it runs in a thread, and may ask the library (``desk.library``) and the reader. What it raises of
   ``errors.py`` becomes a page, or problem+json, with the right status (``problems``); ``HTTPException(404, "...")``
   too. Give ``record=SomeTypedDict`` where the JSON is to be described more closely in ``/openapi.json``. A function
   may also return ``see(address)``, to send the visitor elsewhere.
2. **Its templates** in ``templates``: one that begins with ``{% extends "base.html" %}`` and fills the blocks ``main``
   and perhaps ``head``; ``view`` is the view, ``page`` the frame around it (``render.Frame``). ``ui.html`` has macros
   for what pages have in common (paging, choices, filters, stacked bar, ranking, entry); ``export/story.html`` those
   for marked text and margin notes. Style goes into a sheet of its own, ``static/<screen>.css``, linked in ``head``
   with ``{{ asset("speaker.css") }}``; colours come from the tokens (``--paper --ink --quiet --rule --who --how --what
   --lit``), and nothing is told by colour alone. Whatever a template prints is escaped and harmless; ``| line`` makes
   one line of a name or title, ``<bdi>`` goes around it.
3. **A line in ``SCREENS``** of ``app``; in ``UPLOADING`` too where its forms bring files; in ``SECTIONS`` of ``render``
   for a place in the navigation; and its addresses in ``links``.
4. **Its tests** in ``tests/web/test_<screen>.py`` (``client`` and ``desk`` are fixtures) and its page in ``PAGES`` of
   ``tests/browser/pages.py``, which all checks of the browser then walk: axe, keyboard, dark, narrow, print.

What it can lean on: SQL stays in ``store``: what a screen lacks there is a function in a module of its own
(``store/overview.py`` shows how). Filters and paging live in the URL alone: ``Paging`` is a parameter, and
``page.here(page=2, outlet=None)`` in a template is the present address with that changed. ``links`` has the addresses
of all screens; write none by hand. ``charts`` computes, and ``ui.html`` draws, accessible SVG.

Changes are forms that POST, with ``{{ page.token_field() }}`` in them; their function, an ordinary route with
``include_in_schema=False``, answers with ``see(address)``. Nothing else is needed: ``guard.forgery`` refuses every
request that is not GET or HEAD and lacks the token, and the audit log has a line of each that was let through. ``Who``
as a parameter says who asks (``who.name`` for records of judgements; None where nobody need log in).
"""

from reportedly.web.app import create_app
from reportedly.web.serving import serve
from reportedly.web.settings import Limits, Settings

__all__ = ["Limits", "Settings", "create_app", "serve"]
