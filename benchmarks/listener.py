"""A text screened by the listener in all its languages, against cutting it into lower-case words."""

from benchmarks.figures import Figure, best
from bot.content import load_phrasebooks
from bot.domain.listening import screen

TEXTS = (
    "hi all, checking in. slept badly, walked the dog, kept my commitment",
    "i can't stop replaying the messages and i feel so alone tonight",
    "he said he would change and i believed him, again. angry and tired",
    "my boundary this week is no phones at dinner. it felt fine",
    "i want to die and i don't know who to tell",
    "he hit me again last night and i'm scared to go home",
    "ran 12 kms and cried only once, this hill nearly killed me lol",
    "conversamos con calma y hoy cumplí mi compromiso",
)
TURNS = 20


async def measure() -> list[Figure]:
    """Milliseconds a text, the best of TURNS."""
    books = load_phrasebooks()
    ours = best(lambda: [screen(text, books) for text in TEXTS], TURNS) / len(TEXTS)
    floor = best(lambda: [text.lower().split() for text in TEXTS], TURNS) / len(TEXTS)
    return [Figure("a text, screened", ours, floor, "ms", "lower() and split()")]
