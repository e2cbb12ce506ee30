"""*Adding*: what is being added in the background, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path
from starlette.responses import Response

from reportedly.web import links
from reportedly.web.desk import AtDesk, Desk
from reportedly.web.jobs import Job
from reportedly.web.screen import Table, screen, see

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=10**9)]
_COLUMNS = ("number", "label", "state", "added", "known", "failed", "asked_by", "asked_at", "ended_at", "trouble")


@dataclass(frozen=True, slots=True)
class JobsView:
    """All jobs."""

    jobs: tuple[Job, ...]

    title: str = "Adding"

    def record(self) -> dict[str, Any]:
        """The jobs, the newest first."""
        return {"jobs": [_record(job) for job in self.jobs]}

    def table(self) -> Table:
        """A job a row."""
        return Table(_COLUMNS, [tuple(_record(job)[name] for name in _COLUMNS) for job in self.jobs])


@dataclass(frozen=True, slots=True)
class JobView:
    """One job."""

    job: Job

    @property
    def title(self) -> str:
        """What is added."""
        return f"Adding: {self.job.label}"

    def record(self) -> dict[str, Any]:
        """How far it has come, with articles and failures."""
        job = self.job
        return {
            **_record(job),
            "is_over": job.is_over,
            "articles": [
                {"id": one.key, "page": links.article(one.key), "title": one.title, "new": one.new}
                for one in job.articles
            ],
            "failures": [{"path": one.path, "reason": one.reason, "remedy": one.remedy} for one in job.failures],
        }

    def table(self) -> Table:
        """An article or failure a row."""
        rows: list[tuple[object, ...]] = [(one.key, one.title, one.new, None) for one in self.job.articles]
        rows += [(None, one.path, None, f"{one.reason}; {one.remedy}") for one in self.job.failures]
        return Table(("id", "title", "new", "failure"), rows)


def _record(job: Job) -> dict[str, Any]:
    return {
        "number": job.number,
        "page": links.job(job.number),
        "label": job.label,
        "parts": job.parts,
        "state": job.state,
        "added": job.added,
        "known": job.known,
        "failed": job.failed,
        "asked_by": job.asked_by,
        "asked_at": job.asked_at.isoformat(timespec="seconds"),
        "ended_at": job.ended_at.isoformat(timespec="seconds") if job.ended_at is not None else None,
        "trouble": job.trouble,
    }


@screen(router, "/jobs", "jobs.html", section="jobs")
def jobs(desk: AtDesk) -> JobsView:
    """What is being added, and what was."""
    return JobsView(tuple(desk.jobs.all()))


@screen(router, "/jobs/{number}", "job.html", section="jobs")
def job(desk: AtDesk, number: Number) -> JobView:
    """How far the adding of something has come."""
    return JobView(_job(desk, number))


@router.post("/jobs/{number}/stop", include_in_schema=False)
def stop(desk: AtDesk, number: Number) -> Response:
    """Let it end before its next article."""
    desk.jobs.stop(_job(desk, number).number)
    return see(links.job(number))


def _job(desk: Desk, number: int) -> Job:
    found = desk.jobs.get(number)
    if found is None:
        raise HTTPException(
            404, "There is no such job. They are forgotten when the program ends; what they added is not."
        )
    return found
