"""``serve``: the application behind a web server of its own, until it is told to end."""

from __future__ import annotations

import logging

import uvicorn

from reportedly.web.app import create_app
from reportedly.web.guard.audit import keep_log
from reportedly.web.guard.passwords import read_users
from reportedly.web.settings import Settings

# Connections at once; more are turned away with 503. Each may keep one thread busy, and forty threads there are.
MOST_CONNECTIONS = 200
IDLE = 5  # seconds until a connection that asks for nothing is closed
ENDING = 10  # seconds that answers under way have to end
MOST_HEADERS = 32_768  # bytes


def serve(settings: Settings) -> None:
    """Serve until interrupted.

    Raises ServingError for settings that would lay the library open, LibraryError where it cannot be opened.
    """
    settings.check()
    if settings.users is not None:
        read_users(settings.users)  # broken, it is better said now than at the first login
    handler = keep_log(settings.audit_log)
    try:
        uvicorn.Server(_config(settings)).run()
    finally:
        logging.getLogger("reportedly.audit").removeHandler(handler)
        handler.close()


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # a header from anybody would change who is counted and logged
        ws="none",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=ENDING,
        h11_max_incomplete_event_size=MOST_HEADERS,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
    )
