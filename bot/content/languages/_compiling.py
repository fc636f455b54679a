"""Catalogs compiled as gettext wants them.

To read a catalog of two thousand texts takes a tenth of a second, and the compiled one a fiftieth of that.
"""

import io
from functools import partial

from bot.content._kept import kept


def compiled(name: str, written: bytes) -> bytes:
    """A .po file as .mo. Raises ValueError."""
    return kept(name.replace("/", "."), written, partial(_compiled, written))


def _compiled(written: bytes) -> bytes:
    from babel.messages.mofile import write_mo  # when first needed: what is kept needs none of it
    from babel.messages.pofile import PoFileError, read_po

    try:
        read = read_po(io.BytesIO(written), abort_invalid=True)
    except PoFileError as fault:
        raise ValueError(str(fault)) from None
    out = io.BytesIO()
    write_mo(out, read)
    return out.getvalue()
