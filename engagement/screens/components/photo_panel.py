"""Photos of one occasion: adding them, what they tell about the place, and taking one out again."""

from __future__ import annotations

import streamlit as st

from engagement.listen.typed.photo_files import MAX_MEGABYTES, check_photo
from engagement.listen.typed.photos import PhotoView, add_photos, list_photos, remove_photo
from engagement.listen.typed.typing import Occasion
from engagement.people.permissions import Act, can_act
from engagement.screens.components.form_fields import forget_fields, name_fields
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, show_refusal

HAS_PLACE = (
    "This photo says where it was taken (GPS). It is kept as it came, and whoever may read it can see that."
)


def show_photos(visit: Visit, occasion: Occasion) -> None:
    """Draw the photos of an occasion, closed until somebody opens them."""
    with visit.record.reading() as session:
        photos = list_photos(session, visit.person, occasion.id)
    with st.expander(write_plainly(f"Photos of sticky notes at {occasion.title}: {len(photos)}")):
        for photo in photos:
            show_photo(visit, photo)
        offer_adding(visit, occasion)


def show_photo(visit: Visit, photo: PhotoView) -> None:
    """Draw one photo in words, with the way to take it out, which is confirmed."""
    voices = "1 voice" if photo.n_voices == 1 else f"{photo.n_voices} voices"
    st.text(f"Photo {photo.number}: {photo.file_name}, {voices} typed from it")
    if photo.has_place:
        st.warning(HAS_PLACE)
    if photo.n_voices and not can_act(visit.person, Act.ERASE):
        st.text("Voices were typed from it: an administrator can remove it.")
        return
    with st.popover(f"Remove photo {photo.number}", key=f"photo-{photo.id}"):
        st.text("This cannot be undone. The picture leaves the record; voices typed from it stay.")
        if st.button(f"Remove photo {photo.number} for good", key=f"remove-photo-{photo.id}"):
            with show_refusal():
                with visit.record.writing() as session:
                    remove_photo(session, visit.person, photo.source_id, photo.id)
                visit.record.rewrite(("stored_file", "source_photo"))
                st.rerun()


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
