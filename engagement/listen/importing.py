"""Saving what people confirmed: every file of one upload, or none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.engagements import add_prompt, get_engagement_or_raise, list_prompts
from engagement.errors import ConflictError, EngagementError, UnreadableFileError
from engagement.listen.consent import follow_use, keep_answers
from engagement.listen.contents import FileContents
from engagement.listen.details import SourceDetails
from engagement.listen.duplicates.equal_words import Place, count_once_at_import
from engagement.listen.first_look import FirstLook, ToLookAt, look_elsewhere, look_here
from engagement.listen.found_voices import PreviewVoice
from engagement.listen.known_mappings import find_known_mapping
from engagement.listen.mapping import ColumnUse, Mapping, pack_mapping
from engagement.listen.personal_data.marks import keep_hints
from engagement.listen.preview import Preview, Receipt, pack_receipt, preview_import, suggest_mapping
from engagement.listen.reading import ReadFile, hash_content, read_upload, read_uploads, show_name
from engagement.listen.searching import keep_searched
from engagement.listen.slices import pack_slices
from engagement.listen.sources import check_details
from engagement.listen.translating import keep_guesses
from engagement.people.permissions import Act, Person, check_may
from models.consent import Erasure
from models.sources import Characteristic, Respondent, Source, SourceKind, StoredFile
from models.voices import Voice

# Rationale: a questionnaire asks a handful of questions; hundreds mean that the wrong column was chosen.
MAX_NEW_PROMPTS = 60
MAX_FILES = 50
MAX_NAME_LENGTH = 200


@dataclass(frozen=True)
class Upload:
    """One file, read and confirmed, ready to be saved.

    ``counted_once`` are the places of voices that are the same as one before them, each with the reason.
    ``look`` is what `look_ahead` has seen; without it, the words are looked at while they are saved.
    """

    file_name: str
    content: bytes
    contents: FileContents
    details: SourceDetails
    mapping: Mapping
    counted_once: tuple[tuple[Place, str], ...] = ()
    look: FirstLook | None = None


@dataclass(frozen=True)
class SavedSource:
    """What was saved from one file.

    ``n_equal`` voices were said in the same words before; all are kept, and ``n_counted_once`` of them count
    with another one. ``n_marks`` places may point at a person.
    """

    source_id: int
    title: str
    n_voices: int
    n_equal: int
    receipt: Receipt
    n_marks: int = 0
    n_counted_once: int = 0


def save_uploads(
    session: Session, person: Person, engagement_id: int, uploads: Sequence[Upload]
) -> tuple[SavedSource, ...]:
    """Save every file of one upload as a source with its voices.

    Raises
    ------
    EngagementError
        When one file holds no voices, has been added before, or its details are not right. The session must
        then be undone, so that nothing of the others stays.
    """
    check_may(person, Act.ADD_SOURCE)
    get_engagement_or_raise(session, person, engagement_id)
    if not uploads:
        raise EngagementError("There is nothing to save yet. Add at least one file.")
    _refuse_many(len(uploads))
    known = set(session.scalars(select(Voice.text).where(Voice.engagement_id == engagement_id)))
    return tuple(_save_upload(session, person, engagement_id, upload, known) for upload in uploads)


def look_ahead(uploads: Sequence[Upload], prompts: Sequence[str]) -> tuple[Upload, ...]:
    """Look at all words before the record is written to, so that nobody else waits for that.

    Raises
    ------
    EngagementError
        When they are too many to be looked through in time.
    """
    words = [
        _list_words(
            upload.details,
            preview_import(upload.contents, upload.mapping, upload.details, prompts=prompts).voices,
        )
        for upload in uploads
    ]
    looks = look_elsewhere(words)
    return tuple(replace(upload, look=look) for upload, look in zip(uploads, looks, strict=True))


def save_source(
    session: Session,
    person: Person,
    engagement_id: int,
    file_name: str,
    content: bytes,
    kind: SourceKind,
    details: SourceDetails,
    mapping: Mapping,
) -> SavedSource:
    """Read one file and save it as a source with its voices."""
    check_may(person, Act.ADD_SOURCE)
    upload = Upload(file_name, content, read_upload(file_name, content), replace(details, kind=kind), mapping)
    return save_uploads(session, person, engagement_id, [upload])[0]


def import_files(
    session: Session,
    person: Person,
    engagement_id: int,
    files: Sequence[tuple[str, bytes] | Path],
    kind: SourceKind,
) -> tuple[SavedSource, ...]:
    """Read files and save them with the suggested mappings and details: all of them, or none.

    Words are looked at while they are saved; where others wait for the record, take the three steps one by
    one: `read_whole_upload`, `suggest_uploads` and `look_ahead`.

    Raises
    ------
    UnreadableFileError
        When any of the files cannot be read.
    """
    read_files = read_whole_upload(person, files)
    prompts = [prompt.text for prompt in list_prompts(session, engagement_id)]
    return save_uploads(
        session, person, engagement_id, suggest_uploads(session, person, read_files, prompts, kind)
    )


def read_whole_upload(person: Person, files: Sequence[tuple[str, bytes] | Path]) -> tuple[ReadFile, ...]:
    """Read all files of one upload.

    Raises
    ------
    UnreadableFileError
        When any of the files cannot be read.
    """
    check_may(person, Act.ADD_SOURCE)
    _refuse_many(len(files))
    named = [(each.name, each.read_bytes()) if isinstance(each, Path) else each for each in files]
    read_files = read_uploads(named)
    refuse_unreadable(read_files)
    return read_files


def suggest_uploads(
    session: Session, person: Person, read_files: Sequence[ReadFile], prompts: Sequence[str], kind: SourceKind
) -> tuple[Upload, ...]:
    """Suggest how files that were read are saved, by how files with the same columns were saved before."""
    check_may(person, Act.READ)
    return tuple(_suggest_upload(session, each, prompts, kind) for each in read_files)


def _refuse_many(n_files: int) -> None:
    if n_files > MAX_FILES:
        raise EngagementError(
            f"That is {n_files} files; at most {MAX_FILES} are saved at once. Add the rest after."
        )


def refuse_unreadable(read_files: Sequence[ReadFile]) -> None:
    """Refuse the whole upload when one of its files could not be read."""
    errors = [each.error for each in read_files if each.error]
    if errors:
        raise UnreadableFileError(" ".join(errors))


def find_added_files(
    session: Session, person: Person, engagement_id: int, hashes: Sequence[str]
) -> dict[str, str]:
    """Find which files have been added before: their hash and the title they stand under.

    Files count as added, too, of which words were erased since: these must not come back with them.
    """
    check_may(person, Act.READ)
    own = Source.engagement_id == engagement_id
    added = select(Source.file_sha256, Source.title).where(own, Source.file_sha256.in_(list(hashes)))
    erased = select(Erasure.old_sha256, Source.title).join(Source, Source.id == Erasure.source_id)
    rows = session.execute(added.union(erased.where(own, Erasure.old_sha256.in_(list(hashes)))))
    return {sha256: title for sha256, title in rows}


def _suggest_upload(
    session: Session, read_file: ReadFile, prompts: Sequence[str], kind: SourceKind
) -> Upload:
    if read_file.contents is None:
        raise ValueError(f"contents of {read_file.file_name!r} are None, must have been read.")
    known = find_known_mapping(session, read_file.contents, read_file.sha256)
    mapping = known.mapping if known else suggest_mapping(read_file.contents, prompts)
    preview = preview_import(read_file.contents, mapping, prompts=prompts, file_name=read_file.file_name)
    details = replace(preview.details, kind=kind)
    return Upload(read_file.file_name, read_file.content, read_file.contents, details, mapping)


def _save_upload(
    session: Session, person: Person, engagement_id: int, upload: Upload, known: set[str]
) -> SavedSource:
    prompts = [prompt.text for prompt in list_prompts(session, engagement_id)]
    preview = preview_import(
        upload.contents, upload.mapping, upload.details, prompts=prompts, file_name=upload.file_name
    )
    _check_preview(upload, preview)
    source = _add_source(session, person, engagement_id, upload, preview)
    respondent_ids = _add_respondents(session, source.id, preview.voices)
    _add_voices(session, person, source, upload.details, preview.voices, respondent_ids)
    asked = [each.header for each in upload.mapping.list_columns(ColumnUse.CONSENT)]
    answers = {respondent_ids[each.respondent]: each.consents for each in preview.voices if each.consents}
    keep_answers(session, person, answers, "\n".join(asked))
    follow_use(session, person, source.id)
    n_marks = _keep_look(session, source, upload, preview.voices)
    texts = [voice.text for voice in preview.voices]
    n_equal = len(texts) - len(set(texts) - known)
    known.update(texts)
    n_counted_once = count_once_at_import(session, person, source, upload.counted_once)
    record_decision(
        session,
        person,
        "added source",
        subject="source",
        subject_id=source.id,
        engagement_id=engagement_id,
        details={"title": source.title, "n_voices": len(texts), "file_sha256": source.file_sha256},
    )
    return SavedSource(source.id, source.title, len(texts), n_equal, preview.receipt, n_marks, n_counted_once)


def _check_preview(upload: Upload, preview: Preview) -> None:
    shown = f"“{show_name(upload.file_name)}”"
    if not preview.voices:
        raise EngagementError(
            f"{shown} holds no voices as it is split now. Choose the column with people's words, or check "
            "the file."
        )
    if len(preview.new_prompts) > MAX_NEW_PROMPTS:
        raise EngagementError(
            f"{shown} would add {len(preview.new_prompts)} prompts, which is more than a survey asks. "
            "Look again at which column is the prompt."
        )
    check_details(upload.details)


def _add_source(
    session: Session, person: Person, engagement_id: int, upload: Upload, preview: Preview
) -> Source:
    sha256 = hash_content(upload.content)
    added = find_added_files(session, person, engagement_id, [sha256])
    if added:
        raise ConflictError(
            f"“{show_name(upload.file_name)}” has been added before, as “{added[sha256]}”. "
            "Nothing was saved. Leave it out and save the rest."
        )
    if session.get(StoredFile, sha256) is None:
        session.add(StoredFile(sha256=sha256, size=len(upload.content), content=upload.content))
        session.flush()
    source = Source(
        engagement_id=engagement_id,
        file_sha256=sha256,
        file_name=show_name(upload.file_name),
        **upload.details.list_kept(),
        mapping=pack_mapping(upload.mapping),
        receipt=pack_receipt(preview.receipt),
        added_by=person.name,
    )
    session.add(source)
    session.flush()
    return source


def _add_voices(
    session: Session,
    person: Person,
    source: Source,
    details: SourceDetails,
    voices: Sequence[PreviewVoice],
    respondent_ids: dict[str, int],
) -> None:
    prompts = dict.fromkeys(voice.prompt for voice in voices if voice.prompt)
    prompt_ids = {text: add_prompt(session, person, source.engagement_id, text) for text in prompts}
    session.execute(
        insert(Voice),
        [
            {
                "engagement_id": source.engagement_id,
                "source_id": source.id,
                "position": position,
                "text": voice.text,
                "part": voice.part,
                "line": voice.line,
                "column_name": voice.column_name,
                "start_at": voice.start_at,
                "end_at": voice.end_at,
                "further_slices": pack_slices(voice.further),
                "prompt_id": prompt_ids.get(voice.prompt),
                "respondent_id": respondent_ids.get(voice.respondent),
                "language": _say_language(voice, details),
                "translation": voice.translation,
                "said_on": voice.said_on or source.held_on,
                "area": voice.area or source.area,
            }
            for position, voice in enumerate(voices)
        ],
    )


def _keep_look(session: Session, source: Source, upload: Upload, voices: Sequence[PreviewVoice]) -> int:
    """Keep what is seen in the words, and let them be found; give how many places may point at a person."""
    words = _list_words(upload.details, voices)
    look = upload.look if upload.look and upload.look.words == words else look_here(words)
    of_source = select(Voice.id).where(Voice.source_id == source.id).order_by(Voice.position)
    ids = session.scalars(of_source).all()
    keep_guesses(session, ids, look.languages)
    n_marks = keep_hints(session, ids, look.hints, in_translation=False)
    n_marks += keep_hints(session, ids, look.hints_in_translations, in_translation=True)
    keep_searched(session, ids)
    return n_marks


def _list_words(details: SourceDetails, voices: Sequence[PreviewVoice]) -> ToLookAt:
    return ToLookAt(
        tuple(voice.text for voice in voices),
        tuple(voice.translation for voice in voices),
        tuple(_say_language(voice, details) for voice in voices),
        tuple(name for name in (details.facilitator, details.host) if name),
    )


def _say_language(voice: PreviewVoice, details: SourceDetails) -> str:
    return voice.language or ("" if voice.translation else details.language)


def _add_respondents(session: Session, source_id: int, voices: Sequence[PreviewVoice]) -> dict[str, int]:
    names = list(dict.fromkeys(voice.respondent for voice in voices if voice.respondent))
    if not names:
        return {}
    rows = session.execute(
        insert(Respondent).returning(Respondent.pseudonym, Respondent.id),
        [{"source_id": source_id, "pseudonym": name} for name in names],
    )
    ids = {name: respondent_id for name, respondent_id in rows}
    said = {
        (voice.respondent, name[:MAX_NAME_LENGTH]): value
        for voice in voices
        for name, value in voice.characteristics
    }
    if said:
        session.execute(
            insert(Characteristic),
            [
                {"respondent_id": ids[who], "name": name, "value": value}
                for (who, name), value in said.items()
            ],
        )
    return ids
