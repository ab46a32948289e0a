"""Texts that try an embedder: scripts, emoji, length, and next to nothing."""

from tests.theming.made_up_texts import TEXTS

REFERENCE_TEXTS = (
    "The 22 bus is never on time and the next one is an hour later",
    "Bus",
    "THE LIFT IS BROKEN AGAIN!!! Nobody came.",
    "my mum can't hear on the phone; she's deaf, so 'phone appointments' don't work",
    "🙂",
    "Loved the garden day 🌻🌻 more of this please 😊",
    "બસ સમયસર આવતી નથી અને ડૉક્ટરની એપોઇન્ટમેન્ટ મળતી નથી",
    "ਮੈਨੂੰ ਆਪਣੀ ਭਾਸ਼ਾ ਵਿੱਚ ਜਾਣਕਾਰੀ ਚਾਹੀਦੀ ਹੈ",
    "Otobüs durağı çok uzak, yaşlılar yürüyemiyor. Café naïve résumé Łódź",
    "http://example.org/form?id=12&x=%20 did not open on my phone (error 404)",
    ".",
    "",
    " ".join(TEXTS)[:3600],
    "a\tb\nc   d\u00a0e \u200b f",
)
"""The last but one has about 650 words, of which the model reads 256 tokens."""
