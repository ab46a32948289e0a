"""A dry run: which voices have a home in an agreed list, and what is new. Nothing is decided by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.embedding_cache import RecordEmbeddingCache
from engagement.errors import EngagementError, NotFoundError
from engagement.jobs import JobView, ask_for_job, finish_job
from engagement.listen.voices import list_texts
from engagement.people.permissions import Act, Person, check_may
from engagement.theming_runs.agreed_lists import ListTheme, get_list_or_raise, list_list_themes
from engagement.theming_runs.asking import make_reporter, scale_report
from engagement.theming_runs.model_folder import chosen_embedder
from models.agreed_lists import AgreedList, HomeFinding
from models.database import Record
from models.people import Role

if TYPE_CHECKING:
    from theming.known_themes import KnownHomes

HOMES_JOB = "known homes"
HOMES_DONE = 0.5
CLEAR, LIKELY = 0.8, 0.5


@dataclass(frozen=True)
class NewGroup:
    """A candidate theme that the machine proposes among the voices that are something new."""

    label: str
    keywords: tuple[str, ...]
    stability: float
    voice_ids: tuple[int, ...]


@dataclass(frozen=True)
class KnownHome:
    """The home that one voice is offered, how surely (0 to 1), and other themes that come near."""

    voice_id: int
    sureness: float
    also_near: tuple[int, ...]


@dataclass(frozen=True)
class HomeFindingView:
    """What a dry run found.

    ``homes`` holds for each theme of the list, in its order, the voices it would get, the surest first.
    ``ungrouped`` are voices that are something new and in no new candidate theme; ``set_aside`` say nothing.
    """

    id: int
    list_id: int
    themes: tuple[ListTheme, ...]
    homes: tuple[tuple[KnownHome, ...], ...]
    new_groups: tuple[NewGroup, ...]
    ungrouped: tuple[int, ...]
    set_aside: tuple[int, ...]
    voice_ids: tuple[int, ...]
    made_by: str
    made_at: datetime

    @property
    def n_known(self) -> int:
        """Count the voices with a home in the list."""
        return sum(len(each) for each in self.homes)

    @property
    def n_new(self) -> int:
        """Count the voices that are something new."""
        return sum(len(group.voice_ids) for group in self.new_groups) + len(self.ungrouped)


def ask_for_homes(session: Session, person: Person, list_id: int) -> int:
    """Ask the worker for a dry run of an agreed list over every voice; give the job's number."""
    check_may(person, Act.ASK_FOR_THEMES)
    agreed = get_list_or_raise(session, person, list_id)
    if not list_texts(session, agreed.engagement_id):
        raise EngagementError("There are no voices yet. Add notes or a survey under Sources first.")
    return ask_for_job(session, person, agreed.engagement_id, HOMES_JOB, {"list_id": list_id})


def run_homes_job(record: Record, job: JobView) -> None:
    """Do a dry run: find homes in the list, theme what is new, keep what was found, all of it or nothing."""
    asker = Person(name=job.asked_by, role=Role.FACILITATOR)
    list_id = int(job.payload["list_id"])
    with record.reading() as session:
        texts = list_texts(session, job.engagement_id)
        themes = list_list_themes(session, asker, list_id)
    report = make_reporter(record, job.id)
    found = _find_homes([each.text for each in texts], themes, record, scale_report(report, 0.0, HOMES_DONE))
    is_new = [each for each, new in zip(texts, found.is_new, strict=True) if new]
    groups = _group_new(
        [each.voice_id for each in is_new],
        [each.text for each in is_new],
        record,
        scale_report(report, HOMES_DONE, 0.99),
    )
    kept = _lay_out(list_id, asker, [each.voice_id for each in texts], found, groups)
    with record.writing() as session:
        session.add(kept)
        session.flush()
        _record(session, asker, job.engagement_id, kept, n_themes=len(themes))
        finish_job(session, job.id, {"home_finding_id": kept.id})


def find_newest_finding(session: Session, person: Person, engagement_id: int) -> HomeFindingView | None:
    """Find the newest dry run of an engagement, over whichever list."""
    check_may(person, Act.READ)
    query = (
        select(HomeFinding.id)
        .join(AgreedList, AgreedList.id == HomeFinding.agreed_list_id)
        .where(AgreedList.engagement_id == engagement_id)
    )
    newest = session.scalars(query.order_by(HomeFinding.id.desc()).limit(1)).first()
    return load_finding(session, person, newest) if newest else None


def load_finding(session: Session, person: Person, finding_id: int) -> HomeFindingView:
    """Load what a dry run found."""
    check_may(person, Act.READ)
    kept = session.get(HomeFinding, finding_id)
    if kept is None:
        raise NotFoundError(f"There is no dry run {finding_id}. Ask for it again.")
    themes = list_list_themes(session, person, kept.agreed_list_id)
    homes, without = _sort_homes(kept, len(themes))
    groups = tuple(
        NewGroup(each["label"], tuple(each["keywords"]), each["stability"], tuple(each["voice_ids"]))
        for each in kept.new_groups
    )
    grouped = {voice_id for group in groups for voice_id in group.voice_ids}
    new = tuple(voice_id for voice_id in kept.new_voice_ids if voice_id not in grouped)
    return HomeFindingView(
        id=kept.id,
        list_id=kept.agreed_list_id,
        themes=themes,
        homes=homes,
        new_groups=groups,
        ungrouped=new,
        set_aside=tuple(sorted(set(without) - set(kept.new_voice_ids))),
        voice_ids=tuple(kept.voice_ids),
        made_by=kept.made_by,
        made_at=kept.made_at,
    )


def describe_sureness(sureness: float) -> str:
    """Say in plain words how surely a voice belongs in a known theme (``sureness`` from 0 to 1)."""
    if sureness >= CLEAR:
        return "a clear fit"
    return "a likely fit" if sureness >= LIKELY else "a guess"


def _find_homes(
    texts: Sequence[str], themes: Sequence[ListTheme], record: Record, report: Callable[[str, float], None]
) -> KnownHomes:
    from theming.known_themes import KnownTheme, find_known_homes

    known = [KnownTheme(theme.name, theme.description, theme.examples) for theme in themes]
    with chosen_embedder() as embedder:
        return find_known_homes(
            texts,
            known,
            embedder=embedder,
            cache=RecordEmbeddingCache(record),
            report=lambda done: report("Comparing voices with the agreed themes", done),
        )


def _group_new(
    voice_ids: Sequence[int], texts: Sequence[str], record: Record, report: Callable[[str, float], None]
) -> tuple[NewGroup, ...]:
    """Theme what is new among itself; too few voices stay as they are."""
    from theming.engine import TooFewTexts, find_themes

    try:
        with chosen_embedder() as embedder:
            result = find_themes(texts, embedder=embedder, cache=RecordEmbeddingCache(record), report=report)
    except TooFewTexts:
        return ()
    cut = result.cut(result.chosen_n)
    return tuple(
        NewGroup(
            theme.label,
            theme.keywords,
            theme.stability,
            tuple(voice_ids[text] for text in (cut.theme_of_text == place).nonzero()[0].tolist()),
        )
        for place, theme in enumerate(cut.themes)
    )


def _lay_out(
    list_id: int, person: Person, voice_ids: Sequence[int], found: KnownHomes, groups: Sequence[NewGroup]
) -> HomeFinding:
    homes = [
        []
        if is_new
        else [
            [int(home), round(float(sureness), 4)]
            for home, sureness in zip(row, sure, strict=True)
            if home >= 0
        ]
        for row, sure, is_new in zip(found.homes, found.sureness, found.is_new, strict=True)
    ]
    new = [voice_id for voice_id, is_new in zip(voice_ids, found.is_new, strict=True) if is_new]
    return HomeFinding(
        agreed_list_id=list_id,
        card={"border_of_new": found.border, "n_set_aside": len(found.set_aside)},
        voice_ids=list(voice_ids),
        homes=homes,
        new_voice_ids=new,
        new_groups=[asdict(group) for group in groups],
        made_by=person.name,
    )


def _record(
    session: Session, person: Person, engagement_id: int, kept: HomeFinding, *, n_themes: int
) -> None:
    details: dict[str, Any] = {
        "agreed_list_id": kept.agreed_list_id,
        "n_themes": n_themes,
        "n_voices": len(kept.voice_ids),
        "n_new": len(kept.new_voice_ids),
    }
    record_decision(
        session,
        person,
        "compared voices with agreed list",
        subject="home_finding",
        subject_id=kept.id,
        engagement_id=engagement_id,
        details=details,
    )


def _sort_homes(kept: HomeFinding, n_themes: int) -> tuple[tuple[tuple[KnownHome, ...], ...], list[int]]:
    """Put voices under the first home that each was offered; also give those without one."""
    by_theme: list[list[KnownHome]] = [[] for _ in range(n_themes)]
    without = []
    for voice_id, homes in zip(kept.voice_ids, kept.homes, strict=True):
        if not homes:
            without.append(voice_id)
            continue
        (theme, sureness), *others = homes
        by_theme[theme].append(KnownHome(voice_id, sureness, tuple(other for other, _ in others)))
    for own in by_theme:
        own.sort(key=lambda home: (-home.sureness, home.voice_id))
    return tuple(tuple(own) for own in by_theme), without
