"""`python -m bot.content [folder]`: checks every text and names file, id and reason of the first fault.

Without a folder it is what comes with Trellis, in all languages; what is made of it is kept for later starts.
"""

import sys
from pathlib import Path

from bot.content import in_language, load
from bot.content.languages import FACE, catalog
from bot.domain.errors import ContentError
from bot.domain.languages import Language

try:
    content = load(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for language in Language if len(sys.argv) == 1 else ():
        in_language(language)
        catalog(language, FACE)
except ContentError as fault:
    sys.exit(str(fault))
said = f"{len(content.prompts)} prompts, {len(content.texts)} texts and {len(content.lines)} help lines"
sys.stdout.write(f"{said}: all well.\n")
