"""What shows in Spanish that words fit no commitment."""

from bot.domain.fitting._hints import Hints

_CLOSE = "(marido|mujer|esposo|esposa|pareja|ex|novio|novia|hijo|hija|familia|madre|padre)"
_THEM = f"(ella|ellos|ellas|mi {_CLOSE})"
_CHECK = "(revisar|mirar|leer|controlar|espiar|vigilar|rastrear|seguir|comprobar|desbloquear|ver)"
_THINGS = "(movil|telefono|celular|mensajes|chats?|correos?|cuenta|ubicacion|historial|redes)"
_BUT_THESE = r"(?! (mas |tanto |tanta )?(agua|cafe|te|zumo|jugo|refrescos?|cola|leche))"
_NO_COUNTER = {
    "cm-not-04": (
        r"(hacerme|me hare|me hago) (\w+ )?dano|hacerme (cortes|heridas)|cortarme(?! (el pelo|las unas))",
        r"autolesion\w*|lastimarme|quemarme|castigarme|suicid\w+|matarme",
    ),
    "cm-not-02": (
        r"alcohol\w*|cervezas?|drogas?|porros?|marihuana|cocaina|heroina|porno\w*|borrach[oa]|emborrach\w+",
        r"(de|sin|el|menos|mas|nada de|ni) vino|fumar|cigarr\w+|tabaco|vapear",
        r"apostar|apuestas|casino|tragaperras",
        r"sobri[oa]|recaida|recaer|desintoxic\w+",
        rf"(dejar de|no|no voy a|no quiero|menos|nada de) beber{_BUT_THESE}|beber menos{_BUT_THESE}",
    ),
    "cm-not-08": (
        r"medicament\w*|medicinas?|medicacion|pastillas?|pildoras?|antidepresiv\w+|dosis|litio|sertralina",
    ),
    "cm-not-03": (
        r"calorias?|dieta|adelgaz\w+|(bajar de|perder) peso|mi peso|pesarme|kilos?|carbohidratos",
        r"ayun(as?|ar|o)|(saltarme|sin|ningun) (la |el )?(comida|cena|desayuno|almuerzo|azucar|dulces)",
        r"no comer|comer (menos|nada|solo)|(dos|tres|2|3) horas de (ejercicio|gimnasio)|vomitar",
    ),
    "cm-not-05": (
        r"sexo|sexual\w*|hacer el amor|intimidad|orgasmo|desnud\w+|acostarme con",
        rf"dormir con {_THEM}|tener relaciones",
    ),
    "cm-not-07": (
        rf"perdonar(lo|la|le|les|los|las)?|divorci\w+|separarme|dejar a {_THEM}|dejarl[oa]|confrontar\w*",
        rf"(volver|romper|terminar|acabar) con (el|{_THEM})|decidir si|quedarme o irme|irme o quedarme",
    ),
    "cm-not-06": (
        rf"me da miedo|miedo (a|de) (el|{_THEM})|amenaz\w+|me (pega|golpea|asusta)|maltrat\w+",
        r"violent[oa]|acosador\w*|me acosa",
    ),
    "cm-not-01": (
        rf"{_CHECK} sus? {_THINGS}|{_CHECK} (el|la|los|las) {_THINGS} (de {_THEM}|de el)",
        r"(obligar|convencer|controlar|vigilar|espiar)(lo|la|le|los|las|les)",
        rf"(obligar|convencer|controlar|vigilar|espiar|seguir) a (el|{_THEM})",
        rf"(hacer|conseguir|lograr|impedir|evitar) que (el|{_THEM})|(el|{_THEM}) (va|van) a",
    ),
}

SPANISH = Hints.of(
    _NO_COUNTER,
    lead=r"(?:(?:esta semana|hoy|manana|cada dia) )?(?:no )?(?:voy a|quiero|me gustaria|ire a)",
    state=r"^(?:tratar de |intentar |empezar a )*(?:ser|estar|sentirme|volverme|mantenerme|mejorar|"
    r"confiar|querer|amar|sanar|crecer|cambiar|trabajar en mi|esforzarme|soltar|seguir adelante|"
    r"intentarlo)\b",
    seen=r"^(?:estar|ser) (?:en|a tiempo|a las|puntual|alli|aqui|fuera|de vuelta|lista?|listo)\b|"
    r"^cambiar (?:el|la|los|las|de)\b|^mejorar (?:el|la|los|las)\b",
    large=r"\b(?:siempre|nunca|jamas|todo(?! list)|todo el mundo|cada (?:hora|minuto)|a todas horas|"
    r"([2-9]|1[0-9]|dos|tres|cuatro|cinco|seis|varias|muchas) horas|pase lo que pase|completamente|"
    r"totalmente|perfect\w*)\b",
)
