"""What a commitment can be about: refusals with their hard neighbours, and our examples."""

import pytest

from bot.content import in_language
from bot.domain.commitments import Words
from bot.domain.errors import Empty, TooLong
from bot.domain.fitting import MAX_TEXT, checked, lacking, no_counter
from bot.domain.languages import Language
from bot.domain.practice_errors import UnfitCommitment, VagueCommitment

UNFIT = {
    "cm-not-01": [
        "I will check his phone every evening",
        "I will make him tell me where he was",
        "I will read her messages on Sundays",
        "My husband will call me at noon",
        "I will keep my wife from going out",
    ],
    "cm-not-02": [
        "I will not drink alcohol this week",
        "I will stay sober until Friday",
        "I will quit smoking",
        "I will stop gambling on weekdays",
        "No wine after work",
    ],
    "cm-not-03": [
        "I will lose some weight by June",
        "I will count calories at each meal",
        "I will skip lunch twice a week",
        "I will not eat after six",
    ],
    "cm-not-04": [
        "I will not hurt myself today",
        "I will stop cutting my arms",
        "I will not think of suicide",
    ],
    "cm-not-05": ["I will have sex with him once a week", "I will be intimate on Saturdays"],
    "cm-not-06": [
        "I will tell my brother who threatens me to stop",
        "I will call her although I'm afraid of her",
        "I will answer the man who hits me",
    ],
    "cm-not-07": [
        "I will forgive him by Christmas",
        "I will leave my husband before summer",
        "I will confront her on Sunday",
        "I will decide whether to stay",
    ],
    "cm-not-08": [
        "I will take my pills at eight",
        "I will stop my antidepressants",
        "I will skip my medication",
    ],
}
IN_GERMAN = {
    "cm-not-01": ["Ich werde jeden Abend sein Handy kontrollieren", "Ich werde ihn dazu bringen, zu reden",
                  "Mein Mann wird mittags anrufen", "Ich werde in ihre Nachrichten schauen"],
    "cm-not-02": ["Ich werde keinen Alkohol trinken", "Ich werde abends nicht mehr trinken",
                  "Ich werde nüchtern bleiben", "Ich werde mit dem Rauchen aufhören, kein Rauchen"],
    "cm-not-03": ["Ich werde bis Juni abnehmen", "Ich werde das Mittagessen auslassen",
                  "Ich werde nach sechs nichts mehr essen"],
    "cm-not-04": ["Ich werde mich heute nicht verletzen", "Ich werde aufhören, meine Arme zu ritzen"],
    "cm-not-05": ["Ich werde einmal die Woche mit ihm schlafen", "Ich werde samstags intim sein"],
    "cm-not-06": ["Ich werde sie anrufen, obwohl ich Angst vor ihr habe",
                  "Ich spreche den an, der mich bedroht"],
    "cm-not-07": ["Ich werde ihm bis Weihnachten verzeihen", "Ich werde meinen Mann vor dem Sommer verlassen",
                  "Ich werde entscheiden, ob ich bleibe", "Ich werde die Scheidung einreichen"],
    "cm-not-08": ["Ich werde meine Tabletten um acht nehmen", "Ich werde mein Medikament absetzen"],
}  # fmt: skip
IN_SPANISH = {
    "cm-not-01": ["Voy a revisar su móvil cada noche", "Voy a convencerla de que venga",
                  "Mi marido va a llamarme a las doce", "Voy a leer los mensajes de mi mujer"],
    "cm-not-02": ["No voy a beber esta semana", "Voy a dejar de fumar", "Nada de vino después del trabajo",
                  "Voy a seguir sobria hasta el viernes"],
    "cm-not-03": ["Voy a perder peso antes de junio", "Voy a contar calorías", "Voy a saltarme la cena"],
    "cm-not-04": ["Hoy no voy a hacerme daño", "Voy a dejar de cortarme los brazos"],
    "cm-not-05": ["Voy a tener sexo una vez por semana", "Voy a acostarme con él los sábados"],
    "cm-not-06": ["Voy a llamarle aunque me da miedo", "Voy a hablar con el que me pega"],
    "cm-not-07": ["Voy a perdonarlo antes de Navidad", "Voy a dejar a mi marido en verano",
                  "Voy a decidir si me quedo", "Voy a volver con ella"],
    "cm-not-08": ["Voy a tomar mis pastillas a las ocho", "Voy a dejar la medicación"],
}  # fmt: skip
FITS_TOO = [
    "Ich werde mittags ein Glas Wasser trinken",
    "Ich werde nach vier keinen Kaffee trinken",
    "Ich werde um fünf das Büro verlassen",
    "Ich werde weinen, wenn ich weinen muss, und dann Tee kochen",
    "Ich werde eine Seite vor dem Schlafen lesen",
    "Ich werde ihre Nachrichten innerhalb eines Tages beantworten",
    "Ich werde den Hörer abnehmen, wenn sie anruft",
    "Ich werde um sechs zu Hause sein",
    "Ich werde fast jeden Abend zehn Minuten gehen",
    "Voy a beber un vaso de agua a mediodía",
    "No voy a beber café después de las cuatro",
    "Voy a cortarme el pelo este mes",
    "Voy a seguir la receta que elegí el viernes",
    "Voy a mirar el móvil solo dos veces por la tarde",
    "Voy a estar en casa a las seis",
    "Voy a controlar mi respiración cinco minutos",
    "I will write one line of my todo list",
]
FITS = [
    "I will drink a glass of water at noon",
    "I will not drink coffee after four",
    "I will leave the office at five",
    "I will leave my phone in the hall at nine",
    "I will check my own calendar each evening",
    "I will read one page before bed",
    "I will make my bed in the morning",
    "I will make him a cup of tea on Sundays",
    "I will let my partner know when I am late",
    "I will eat breakfast at the table",
    "I will walk round the block after lunch",
    "I will follow the recipe I chose on Friday",
    "I will watch the sun go down once a week",
    "I will stop at the second no and step outside",
    "I will be home at six on weekdays",
    "I will say one thing that I like about my day",
]
VAGUE = {
    "act": [
        "I will be better", "I will try to be more open", "Feel calmer", "I will work on myself",
        "Ich werde ruhiger werden", "Ich werde an mir arbeiten", "Ich möchte offener sein",
        "Voy a ser mejor persona", "Quiero sentirme más tranquila", "Voy a intentar confiar",
    ],
    "few": ["Water", "I will write", "Wasser", "Ich werde schreiben", "Voy a escribir"],
    "large": [
        "I will always answer at once",
        "I will write for three hours",
        "I will tell him everything I do",
        "Ich werde immer sofort antworten", "Ich werde drei Stunden lang schreiben",
        "Voy a contestar siempre al momento", "Voy a escribir durante tres horas",
    ],
}  # fmt: skip


ALL_UNFIT = [
    (sort, text) for each in (UNFIT, IN_GERMAN, IN_SPANISH) for sort, all_ in each.items() for text in all_
]
OUR_EXAMPLES = [one.text for language in Language for one in in_language(language).commitments]


@pytest.mark.parametrize(("sort", "text"), ALL_UNFIT)
def test_what_no_counter_is_for_is_named(sort: str, text: str) -> None:
    assert no_counter(text) == sort
    with pytest.raises(UnfitCommitment):
        checked(Words(text=text), insist=True)


@pytest.mark.parametrize("text", [*FITS, *FITS_TOO, *OUR_EXAMPLES])
def test_ordinary_acts_and_all_our_examples_fit(text: str) -> None:
    assert no_counter(text) is None
    assert lacking(text) is None
    assert checked(Words(text=f" {text} ")).text == text


@pytest.mark.parametrize(("sort", "text"), [(sort, text) for sort, all_ in VAGUE.items() for text in all_])
def test_what_nobody_could_see_is_asked_back_once_and_kept_if_the_member_insists(
    sort: str, text: str
) -> None:
    with pytest.raises(VagueCommitment) as raised:
        checked(Words(text=text))
    assert raised.value.sort == sort
    assert checked(Words(text=text), insist=True).text == text


def test_nothing_and_too_much_are_refused_whole() -> None:
    with pytest.raises(Empty):
        checked(Words(text="  "))
    with pytest.raises(TooLong) as raised:
        checked(Words(text="I will " + "x" * MAX_TEXT))
    assert raised.value.text.endswith("xxx")
