"""Photos of one occasion: adding them, what they tell about the place, and taking one out again."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from engagement.listen.erasing.cleaning import NOT_CLEANED, finish_erasures
from engagement.listen.typed.photo_files import MAX_MEGABYTES, check_photo
from engagement.listen.typed.photos import (
    PhotoView,
    add_photos,
    can_remove_photo,
    list_photos,
    remove_photo,
)
from engagement.listen.typed.typing import Occasion
from engagement.screens.components.form_fields import forget_fields, name_fields
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, keep_notice, show_refusal

HAS_PLACE = (
    "This photo says where it was taken (GPS). It is kept as it came, and whoever may read it can see that."
)
WHO_REMOVES = "Voices were typed from it: a lead or an administrator can remove it, on the screen Sources."


def show_photos(visit: Visit, occasion: Occasion) -> None:
    """Draw the photos of an occasion, closed until somebody opens them."""
    with visit.record.reading() as session:
        photos = list_photos(session, visit.person, occasion.id)
    label = write_plainly(f"Photos of sticky notes at {occasion.title}: {len(photos)}")
    with st.expander(label, key=f"photos-at-{occasion.id}"):
        for photo in photos:
            show_photo(visit, photo)
        offer_adding(visit, occasion)


def show_kept_photos(visit: Visit, photos: Sequence[PhotoView]) -> None:
    """Draw the photos that a source has, each with its picture, for whoever looks at its details."""
    if not photos:
        return
    st.subheader("Photos of sticky notes", anchor=False)
    for photo in photos:
        with st.container(border=True):
            st.html(draw_photo(photo, "12rem"))
            show_photo(visit, photo)


def draw_photo(photo: PhotoView, height: str) -> str:
    """Write a picture of at most this height as HTML; it leads to the picture in full."""
    return (
        f"<a href='{photo.path}' target='_blank' rel='noopener' style='color:inherit'>"
        f"<img src='{photo.path}' alt='{escape(photo.alternative)}' "
        f"style='max-width:100%;max-height:{height}'>"
        f"<br>Photo {photo.number} in full, in a new tab</a>"
    )


def show_photo(visit: Visit, photo: PhotoView) -> None:
    """Draw one photo in words, with the way to take it out, which is confirmed."""
    voices = "1 voice" if photo.n_voices == 1 else f"{photo.n_voices} voices"
    st.text(f"Photo {photo.number}: {photo.file_name}, {voices} typed from it")
    if photo.has_place:
        st.warning(HAS_PLACE)
    if not can_remove_photo(visit.person, photo):
        if photo.n_voices:
            st.text(WHO_REMOVES)
        return
    with st.popover(f"Remove photo {photo.number}", key=f"photo-{photo.id}"):
        st.text("This cannot be undone. The picture leaves the record; voices typed from it stay.")
        if st.button(f"Remove photo {photo.number} for good", key=f"remove-photo-{photo.id}"):
            with show_refusal():
                with visit.record.writing() as session:
                    remove_photo(session, visit.person, photo.source_id, photo.id)
                keep_notice(say_removed(visit, photo))
                st.rerun()


def say_removed(visit: Visit, photo: PhotoView) -> str:
    """Clean up after a photo was removed, and say what was done."""
    if finish_erasures(visit.record):
        return f"Photo {photo.number} is removed for good."
    return f"Photo {photo.number} is removed. {NOT_CLEANED}"


def offer_adding(visit: Visit, occasion: Occasion) -> None:
    """Draw the way to add photos; all are looked at before one is kept."""
    form = f"photos-{occasion.id}"
    files = st.file_uploader(
        f"Photos (.jpg, .png), up to {MAX_MEGABYTES} MB each",
        accept_multiple_files=True,
        max_upload_size=MAX_MEGABYTES,
        key=f"{name_fields(form)}-files",
    )
    if st.button("Add the photos", disabled=not files, key=f"add-{form}"):
        with show_refusal():
            checked = [check_photo(file.name, file.getvalue()) for file in files]
            with visit.record.writing() as session:
                add_photos(session, visit.person, occasion.id, checked)
            forget_fields(form)
            st.rerun()
