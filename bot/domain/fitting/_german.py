"""What shows in German that words fit no commitment; verbs stand at the end, with some words between."""

from bot.domain.fitting._hints import Hints

_FAR, _NEAR = r"(?: \w+){0,5}", r"(?: \w+){0,3}"
_CLOSE = "(mann|frau|partner|partnerin|freund|freundin|ex|familie|mutter|vater|ehe|sohn|tochter|kind)"
_THEM = rf"(ihn|sie|mein(e|en)? {_CLOSE})"  # accusative
_TO_THEM = rf"(ihm|ihr|ihnen|meine[mr] {_CLOSE})"  # dative
_THEIRS = rf"((sein|ihr)e?[nmrs]? ({{0}})|({{0}}) (meine[sr] {_CLOSE}|von {_TO_THEM}))".format(
    "handy|telefon|nachrichten|chats?|e-?mails?|mails|konto|standort|post|browserverlauf|verlauf"
)
_CHECK = (
    "(checken|kontrollieren|prufen|lesen|durchsuchen|durchsehen|nachsehen|nachschauen|ansehen|orten|verfolgen|"
    "uberwachen|entsperren|schauen|sehen)"
)
_NO_DRINK = r"(kaffee|tee|kakao|saft|cola|limo\w*|wasser)"
_NO_COUNTER = {
    "cm-not-04": (
        rf"(mich|mir){_NEAR} (verletz|ritz|schneid|verbrenn|bestraf|wehtu|weh tu|umbring)\w*",
        rf"mein(e|en)? (haut|arme?|beine?){_NEAR} (ritz|schneid|verbrenn|verletz)\w*",
        r"selbstverletz\w+|ritzen|suizid\w*|selbstmord\w*",
    ),
    "cm-not-02": (
        r"alkohol\w*|bier|wein|schnaps|drogen?|kiffen?|cannabis|gras rauchen|kokain|heroin|saufen|betrunken",
        r"rauchen|rauchfrei\w*|zigaretten?|vapen|nuchtern|ruckfall\w*|entzug|trocken bleiben",
        r"glucksspiel\w*|wetten|spielhalle|casino|kasino|porn\w*",
        rf"^(?!.*\b{_NO_DRINK}\b).*(nicht|nicht mehr|nichts|weniger|nie|nie mehr) trinken",
    ),
    "cm-not-08": (
        r"medikament\w*|medizin|tabletten?|pillen?|antidepressiv\w+|dosis|dosierung|lithium|sertralin|ssri\w*",
    ),
    "cm-not-03": (
        r"kalorien?|diat|(?<!horer )(?<!telefon )abnehmen|mein gewicht|mich wiegen|kilos?|fasten",
        r"kohlenhydrate",
        r"(kein|keine|keinen|ohne) (zucker|fruhstuck|mittagessen|abendessen|mahlzeit|sussigkeiten)",
        r"(fruhstuck|mittagessen|abendessen|mahlzeit\w*) (auslassen|weglassen|ausfallen lassen)",
        r"(nichts|nicht|nicht mehr|nichts mehr|weniger) essen",
        r"(zwei|drei|2|3) stunden (sport|trainieren|training)|erbrechen",
    ),
    "cm-not-05": (
        r"sex|sexuell\w*|intim\w*|miteinander schlafen|nackt\w*|orgasmus|liebe machen",
        rf"mit {_TO_THEM}{_FAR} schlafen",
    ),
    "cm-not-07": (
        rf"{_TO_THEM}{_FAR} (verzeihen|vergeben)|{_THEM}{_FAR} (verlassen|konfrontieren|zuruckholen)",
        rf"mich{_FAR} trennen|schluss machen|scheidung|scheiden lassen|zu {_TO_THEM} zuruck\w*",
        rf"bei {_TO_THEM}{_NEAR} bleiben|ob ich (bleibe|gehe|mich trenne)",
        r"(bleiben|gehen) oder (gehen|bleiben)",
    ),
    "cm-not-06": (
        rf"angst vor {_TO_THEM}|bedroh\w*|mich{_NEAR} schlagt|schlagt mich|gewalttatig\w*|stalk\w*",
        r"misshandel\w*|mir angst macht|macht mir angst|einschuchter\w*",
    ),
    "cm-not-01": (
        rf"{_THEIRS}{_FAR} {_CHECK}|in {_THEIRS}{_FAR} {_CHECK}",
        rf"{_THEM}{_FAR} (kontrollieren|uberwachen|zwingen|uberzeugen|hindern|abhalten|uberreden|verfolgen)",
        rf"{_THEM}{_FAR} dazu bringen|{_TO_THEM}{_FAR} verbieten",
        rf"(er|sie|mein(e)? {_CLOSE}) (wird|soll|muss)",
    ),
}

GERMAN = Hints.of(
    _NO_COUNTER,
    lead=r"(?:ich werde|ich will|ich mochte|ich wurde gerne?)",
    state=r"\b\w+er (?:zu )?(?:sein|werden|bleiben)$|\ban mir arbeiten$|"
    r"^(?:es )?versuchen$|^heilen$|^wachsen$|"
    r"\bmich (?:mehr |wirklich )?(?:bemuhen|anstrengen|bessern|verandern|andern)$|^(?:\w+ )?loslassen$|"
    r"^(?:\w+ )?(?:mehr )?(?:vertrauen|lieben)$|^besser machen$",
    seen=r"\b(?:zimmer|lehrer|wieder hier|wieder da) (?:sein|werden|bleiben)$",
    large=r"\b(?:immer|niemals|nie|alles|den ganzen tag|die ganze zeit|jede (?:einzelne )?(?:stunde|minute)|"
    r"jedes mal|([2-9]|1[0-9]|zwei|drei|vier|funf|sechs|mehrere|viele) stunden|egal was|vollig|komplett|"
    r"total|perfekt\w*)\b",
)
