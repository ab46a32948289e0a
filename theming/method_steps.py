"""The steps of a run in plain words, for people who want to trust it or doubt it.

Whoever changes what the engine does says so here, in the same change.
"""

from theming.settings import MAX_THEMES, ThemingSettings

Step = tuple[str, str]


ROUNDED = (
    " As there are very many texts, these numbers are rounded on the way, for speed. On another kind of "
    "processor, results can differ a little."
)


def list_steps(settings: ThemingSettings, *, is_rounded: bool = False) -> tuple[Step, ...]:
    """List what the engine does, in order: the name of each step and what happens in it.

    Parameters
    ----------
    settings : ThemingSettings
    is_rounded : bool
        Whether the model rounded its numbers for speed.

    Examples
    --------
    >>> [name for name, _words in list_steps(ThemingSettings())][:2]
    ['Set aside', 'Read']
    """
    rounding = ROUNDED if is_rounded else ""
    number = f"{settings.n_themes} themes, as asked" if settings.n_themes else "a number of themes"
    return (
        ("Set aside", 'Answers that say nothing ("n/a", "nothing", ".") are set aside and counted.'),
        (
            "Read",
            "A language model turns each text into numbers that stand for its meaning. What the name of the "
            f"place does to these numbers is taken out where many texts name it.{rounding}",
        ),
        (
            "Group",
            f"The texts are grouped {settings.n_runs} times, each time in a slightly different way and from "
            f"another {settings.sample_share:.0%} of them. Only how often two texts came together is kept.",
        ),
        (
            "Build",
            "Texts that kept like company are joined first, step by step, into one tree of at most "
            f"{MAX_THEMES} themes.",
        ),
        (
            "Propose",
            f"The tree is cut into {number}, where the themes part the texts best for so many headings. "
            "Any other number can be chosen.",
        ),
        (
            "Name",
            "Each theme is named by words that its own texts use more than others do. No word is made up.",
        ),
    )
