"""What a project, a point or an article is called in addresses: never as a page that stands beside it."""

from participation.foundation.text import slugify

# Pages of the back office at the same place as a project's, a point's or an article's.
RESERVED = frozenset({"nouveau", "import", "adapter"})


def address_of(words: str, longest: int = 80) -> str:
    """Returns the slug of a name, the same for the same name."""
    slug = slugify(words, longest)
    return f"{slug}-1" if slug in RESERVED else slug
