"""Each language is heard in its own words, and none of them hears its own in another's."""

import pytest

from bot.domain.listening import Tier, screen
from tests.pack import BOOKS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quiero matarme esta noche", Tier.SUICIDE_ACTIVE),
        ("ojalá estuviera muerta", Tier.SUICIDE_PASSIVE),
        ("me corté los brazos otra vez", Tier.SELF_HARM),
        ("mi marido me pega", Tier.DANGER_FROM_OTHER),
        ("lo voy a matar", Tier.HARM_TO_OTHER),
        ("je vais me tuer", Tier.SUICIDE_ACTIVE),
        ("je ne veux plus vivre", Tier.SUICIDE_PASSIVE),
        ("je me scarifie encore", Tier.SELF_HARM),
        ("il m'a étranglée", Tier.DANGER_FROM_OTHER),
        ("je veux la tuer", Tier.HARM_TO_OTHER),
        ("ich bringe mich um", Tier.SUICIDE_ACTIVE),
        ("ich moechte sterben", Tier.SUICIDE_PASSIVE),
        ("ich ritze mich wieder", Tier.SELF_HARM),
        ("er hat mich gewürgt", Tier.DANGER_FROM_OTHER),
        ("ich bringe ihn um", Tier.HARM_TO_OTHER),
        ("vou me matar", Tier.SUICIDE_ACTIVE),
        ("nao quero mais viver", Tier.SUICIDE_PASSIVE),
        ("voltei a me automutilar", Tier.SELF_HARM),
        ("ele me bateu", Tier.DANGER_FROM_OTHER),
        ("vou matar ele", Tier.HARM_TO_OTHER),
    ],
)
def test_each_language_is_heard_with_and_without_accents(text: str, expected: Tier) -> None:
    assert screen(text, BOOKS).tier is expected


@pytest.mark.parametrize(
    "text",
    [
        "me muero de risa",
        "mi madre me va a matar si llego tarde jaja",
        "je suis morte de rire",
        "ma mère va me tuer si j'oublie le pain",
        "ich sterbe vor hunger",
        "die arbeit bringt mich um",
        "morri de rir",
        "esse trânsito está me matando",
        "no quiero morir, quiero descansar",
        "il ne m'a jamais frappée",
        "ich bin nicht suizidal nur müde",
        "não vou me matar",
    ],
)
def test_their_idioms_and_denials_stay_quiet(text: str) -> None:
    assert screen(text, BOOKS).alert < 2


@pytest.mark.parametrize(
    "text",
    [
        "die hard mit den kindern geschaut",  # an English word, a German article
        "sh, das baby schläft",
        "me pide ayuda con el ingles",
        "si quieres, cortamos el pastel",
        "o gato pegou o rato",
        "mon fils a fait un dessin de la mort de dark vador",
        "not now, ich bin bei meiner mutter",
    ],
)
def test_no_language_hears_its_own_in_anothers_words(text: str) -> None:
    assert screen(text, BOOKS).alert < 2


def test_a_text_in_two_languages_is_heard_in_either() -> None:
    assert screen("sorry everyone, ya no quiero vivir", BOOKS).alert >= 2
    assert screen("perdón a todos, i want to die", BOOKS).alert >= 2
