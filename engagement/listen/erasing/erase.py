"""Erasing: words leave the record and the stored file in one act, for good; that they were there stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError
from engagement.listen.characteristics.grouping import forget_answers
from engagement.listen.erasing.blanks import blank
from engagement.listen.erasing.confirming import check_confirmed
from engagement.listen.erasing.plans import ErasurePlan, list_of_source, plan_erasure, read_with_cuts
from engagement.listen.erasing.redacting import write_copy, write_list
from engagement.listen.preview import pack_receipt, unpack_receipt
from engagement.listen.reading import hash_content
from engagement.listen.standing import find_standing
from engagement.listen.typed.answers import erase_reasons
from engagement.people.permissions import Person
from models.agreed_lists import AgreedListTheme
from models.base import utc_now
from models.consent import ErasedVoice, Erasure, KeptFile
from models.finding import SearchedWords
from models.languages import Translation, VoiceLanguage
from models.personal_data import CoveredWords, PersonalMark
from models.sources import Characteristic, Respondent, Source, StoredFile
from models.theming_runs import EmbeddingVector
from models.typed import FormAnswer
from models.voices import Voice, Withdrawal


def erase_voices(
    session: Session,
    person: Person,
    voice_ids: Collection[int],
    *,
    typed: str,
    kept: KeptFile,
    today: date,
) -> ErasurePlan:
    """Erase the words of voices of one source for good; give what was done.

    `engagement.listen.erasing.cleaning` must follow once this is kept, so that the database does not hold
    them in free places either.

    Raises
    ------
    EngagementError
        When it was not confirmed by typing, or the file cannot be kept in the way that was chosen.
    """
    check_confirmed(typed)
    plan = plan_erasure(session, person, voice_ids, today)
    source = session.get_one(Source, plan.source_id)
    voices = session.scalars(select(Voice).where(Voice.id.in_(plan.voice_ids)).order_by(Voice.id)).all()
    kept, content = _make_copy(session, source, voices, plan, kept)
    typed_beside = select(Translation.text).where(Translation.voice_id.in_(plan.voice_ids))
    words = {text for each in voices for text in (each.text, each.translation) if text}
    words |= set(session.scalars(typed_beside))
    erasure = _replace_file(session, person, source, content, kept, plan)
    _blank_voices(session, person, voices, erasure, plan)
    _forget(session, source, plan.voice_ids, words)
    _record(session, person, source, erasure, plan)
    return plan


def _make_copy(
    session: Session, source: Source, voices: Sequence[Voice], plan: ErasurePlan, kept: KeptFile
) -> tuple[KeptFile, bytes]:
    if kept is KeptFile.NOTHING and not plan.is_whole:
        raise EngagementError("Other voices of this file keep their words, so a copy of the file must stay.")
    if kept is KeptFile.SAME_FORMAT and plan.redacted is not None:
        return kept, plan.redacted
    if kept is KeptFile.SAME_FORMAT and not plan.is_copy:
        raise EngagementError(
            f"“{source.file_name}” cannot be kept in its own format without these words. "
            "Choose a text copy of what remains."
        )
    only_blanks = kept is KeptFile.NOTHING
    found = read_with_cuts(session, source, voices)
    everything = session.scalars(
        select(Voice).where(Voice.source_id == source.id).order_by(Voice.position, Voice.id)
    ).all()
    if found is None:
        staying = [each for each in everything if each.id not in plan.voice_ids]
        content = write_list([(each.position + 1, each.text) for each in staying], source.id)
        return kept if only_blanks else KeptFile.TEXT_COPY, content
    original, cuts = found
    standing = find_standing(original.list_places(), everything)
    used = {each.place for slices in standing.values() for each in slices}
    content = write_copy(original, cuts, source.id, used, only_blanks=only_blanks)
    return kept if only_blanks else KeptFile.TEXT_COPY, content


def _replace_file(
    session: Session, person: Person, source: Source, content: bytes, kept: KeptFile, plan: ErasurePlan
) -> Erasure:
    old, new = source.file_sha256, hash_content(content)
    if session.get(StoredFile, new) is None:
        session.add(StoredFile(sha256=new, size=len(content), content=content))
        session.flush()
    erasure = Erasure(
        source_id=source.id,
        old_sha256=old,
        new_sha256=new,
        kept=kept,
        why=plan.why,
        erased_by=person.name,
        role=str(person.role),
    )
    session.add(erasure)
    source.file_sha256 = new
    session.flush()
    if session.scalar(select(Source.id).where(Source.file_sha256 == old).limit(1)) is None:
        session.execute(delete(StoredFile).where(StoredFile.sha256 == old))
    return erasure


def _blank_voices(
    session: Session, person: Person, voices: Sequence[Voice], erasure: Erasure, plan: ErasurePlan
) -> None:
    ids = plan.voice_ids
    session.execute(insert(ErasedVoice), [{"voice_id": each, "erasure_id": erasure.id} for each in ids])
    for voice in voices:
        session.execute(
            update(Voice)
            .where(Voice.id == voice.id)
            .values(text=blank(voice.text), translation="", language="")
            .execution_options(synchronize_session=False)
        )
    session.expire_all()
    # Erased words stay counted as withdrawn, whatever becomes of the consent.
    withdrawn = set(session.scalars(select(Withdrawal.voice_id).where(Withdrawal.voice_id.in_(ids))))
    row = {"reason": plan.why.value, "withdrawn_by": person.name, "withdrawn_at": utc_now()}
    rows: list[dict[str, Any]] = [{"voice_id": each, **row} for each in ids if each not in withdrawn]
    if rows:
        session.execute(insert(Withdrawal), rows)
    session.execute(update(Withdrawal).where(Withdrawal.voice_id.in_(ids)).values(not_agreed=False))


def _forget(session: Session, source: Source, voice_ids: Sequence[int], words: set[str]) -> None:
    """Take away all that was made of the words: marks, covered and folded words, examples, vectors."""
    for table in (PersonalMark, CoveredWords, SearchedWords, Translation, VoiceLanguage):
        session.execute(delete(table).where(table.voice_id.in_(voice_ids)))
    erase_reasons(session.scalars(select(FormAnswer).where(FormAnswer.voice_id.in_(voice_ids))))
    # A vector stands under the hash of a text or of a part of one; all are made again when they are needed.
    session.execute(delete(EmbeddingVector))
    for theme in session.scalars(select(AgreedListTheme)):
        if words.intersection(theme.examples):
            theme.examples = [each for each in theme.examples if each not in words]
    left = list_of_source(session, source.id)
    talking = set(session.scalars(select(Voice.respondent_id).where(Voice.id.in_(left))))
    for respondent in session.scalars(select(Respondent).where(Respondent.source_id == source.id)):
        if respondent.id not in talking:
            respondent.pseudonym = f"erased {respondent.id}"
            session.execute(delete(Characteristic).where(Characteristic.respondent_id == respondent.id))
    forget_answers(session, source.engagement_id)
    if receipt := unpack_receipt(source.receipt):
        without_samples = tuple(replace(each, samples=()) for each in receipt.left_out)
        source.receipt = pack_receipt(replace(receipt, left_out=without_samples))


def _record(session: Session, person: Person, source: Source, erasure: Erasure, plan: ErasurePlan) -> None:
    record_decision(
        session,
        person,
        "erased words",
        subject="source",
        subject_id=source.id,
        engagement_id=source.engagement_id,
        why=plan.why.value,
        details={
            "title": source.title,
            "voices": list(plan.voice_ids),
            "old_sha256": erasure.old_sha256,
            "new_sha256": erasure.new_sha256,
            "kept": erasure.kept.value,
        },
    )
