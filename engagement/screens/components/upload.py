"""The upload that is being checked in this tab: kept in the session until it is saved or thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from engagement.listen.contents import FileContents
from engagement.listen.cut_by_hand import Cuts
from engagement.listen.details import SourceDetails
from engagement.listen.duplicates.equal_words import Place
from engagement.listen.importing import Upload
from engagement.listen.known_mappings import KnownMapping
from engagement.listen.mapping import Mapping
from engagement.listen.preview import Preview, preview_import, suggest_mapping
from engagement.listen.reading import ReadFile

_KEY = "upload"


@dataclass
class CheckedFile:
    """One readable file with what people have decided about it so far.

    ``act_done`` is the last act at the desk that was done; ``refusal`` says why it was not, if so.
    """

    file_name: str
    content: bytes
    sha256: str
    contents: FileContents
    mapping: Mapping
    details: SourceDetails
    added_as: str = ""
    read_like: str = ""
    cuts_before: list[Cuts] = field(default_factory=list)
    cuts_undone: list[Cuts] = field(default_factory=list)
    pictures: dict[int, bytes] = field(default_factory=dict)
    act_done: str = ""
    refusal: str = ""
    counted_once: dict[Place, str] = field(default_factory=dict)
    _previews: dict[Mapping, Preview] = field(default_factory=dict)

    def preview(self, prompts: Sequence[str]) -> Preview:
        """Work out the voices under the mapping as it stands; once for each mapping."""
        if self.mapping not in self._previews:
            self._previews = {
                self.mapping: preview_import(self.contents, self.mapping, self.details, prompts=prompts)
            }
        return self._previews[self.mapping]

    def cut(self, cuts: Cuts) -> None:
        """Cut the file otherwise; it can be taken back."""
        if cuts != self.mapping.cuts:
            self.cuts_before.append(self.mapping.cuts)
            self.cuts_undone.clear()
            self.mapping = replace(self.mapping, cuts=cuts)

    def undo_cut(self) -> None:
        """Take back the last cut, if there is one."""
        if self.cuts_before:
            self.cuts_undone.append(self.mapping.cuts)
            self.mapping = replace(self.mapping, cuts=self.cuts_before.pop())

    def redo_cut(self) -> None:
        """Cut again as it was before the last was taken back."""
        if self.cuts_undone:
            self.cuts_before.append(self.mapping.cuts)
            self.mapping = replace(self.mapping, cuts=self.cuts_undone.pop())

    def make_upload(self) -> Upload:
        """Make what the service saves."""
        counted_once = tuple(self.counted_once.items())
        return Upload(self.file_name, self.content, self.contents, self.details, self.mapping, counted_once)


@dataclass
class CheckedUpload:
    """Everything of one upload: files to check, and sentences about those that could not be read.

    ``said`` tells what was saved, once it is.
    """

    engagement_id: int
    files: list[CheckedFile]
    errors: list[str]
    prompts: tuple[str, ...]
    said: str = ""


def keep_upload(
    engagement_id: int,
    read_files: Sequence[ReadFile],
    prompts: Sequence[str],
    added: dict[str, str],
    known: dict[str, KnownMapping],
) -> None:
    """Keep the files that were read, each with the suggested mapping and details; the same file only once.

    ``added`` gives the title of files that were added before, ``known`` how files with the same columns were
    read before; both by hash.
    """
    files: dict[str, CheckedFile] = {}
    for each in read_files:
        if each.contents is None or each.sha256 in files:
            continue
        before = known.get(each.sha256)
        mapping = before.mapping if before else suggest_mapping(each.contents, prompts)
        details = preview_import(each.contents, mapping, prompts=prompts, file_name=each.file_name).details
        files[each.sha256] = CheckedFile(
            each.file_name,
            each.content,
            each.sha256,
            each.contents,
            mapping,
            details,
            added.get(each.sha256, ""),
            before.title if before else "",
        )
    errors = [each.error for each in read_files if each.error]
    st.session_state[_KEY] = CheckedUpload(engagement_id, list(files.values()), errors, tuple(prompts))


def get_upload(engagement_id: int) -> CheckedUpload | None:
    """Give the upload that is being checked for this engagement; None when there is none."""
    upload = st.session_state.get(_KEY)
    return upload if isinstance(upload, CheckedUpload) and upload.engagement_id == engagement_id else None


def drop_upload() -> None:
    """Throw the upload away; nothing of it was saved."""
    st.session_state.pop(_KEY, None)
