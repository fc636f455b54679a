"""What shows in English that words fit no commitment."""

from bot.domain.fitting._hints import Hints

_PERSON = r"(his|her|their|my (husband|wife|partner|spouse|ex|boyfriend|girlfriend|son|daughter|teen))('?s)?"
_THEM = (
    "(him|her|them|my (husband|wife|partner|spouse|ex|boyfriend|girlfriend|family|mother|father|marriage))"
)
_USED = "(alcohol|booze|beer|wine|drugs?|weed|smoking|vaping|cigarettes?|gambling|betting|nicotine)"
_BUT_THESE = r"(?! (my |a |any )?(coffee|tea|cocoa|juice|soda|cola|water))"
_BUT_THAT = r"(?! (know|a |tea|coffee|dinner|posted|company))"
_NO_COUNTER = {
    "cm-not-04": (
        r"(hurt|harm|cutt?|burn|punish|starve?)(ing)? (myself|my (skin|arms?|legs?))",
        r"self[- ]?harm",
        r"suicid\w+",
        r"kill myself",
    ),
    "cm-not-02": (
        rf"(stop|quit|without|no|not|less|off|off the|avoid) {_USED}",
        r"(stop|quit|less|no|not) (drink|smoke|vape|gamble|bet|drinking|smoking)" + _BUT_THESE,
        r"drunk|sober|sobriety|relaps\w+|cocaine|heroin|marijuana|gambl\w+|porn\w*|casino|alcohol\w*|detox",
    ),
    "cm-not-08": (
        r"(medicines?|medication|meds|antidepressants?|ssris?|lithium|sertraline|prozac)",
        r"(take|taking|skip|stop|change|lower|raise) (my |the |an? )?(\w+ )?(pills?|tablets?|dose|dosage)",
    ),
    "cm-not-03": (
        r"calori\w+|diet(s|ing)?|lose (\w+ )?weight|my weight|weigh myself",
        r"kilos?|carbs?|binge\w*|purg\w+|slim\w*",
        r"(skip(ping)?|no|not have|without) (a |my )?(meals?|lunch|dinner|breakfast|sugar|food)",
        r"(eat|eating) (only|less|no|nothing|under|clean|healthier)|not eat\w*|fasting",
        r"work ?out (for )?(two|three|2|3) hours|burn fat",
    ),
    "cm-not-05": (
        r"sex|sexual\w*|make love|intimacy|intimate|orgasm|naked|nudes?",
        r"sleep with (him|her|them|my (husband|wife|partner|ex))",
    ),
    "cm-not-07": (
        rf"(forgive|divorce|confront|leave|stay with|go back to|break up with|separate from) {_THEM}",
        rf"move out (from|on)|move on from {_THEM}|take (him|her|them) back",
        r"file for divorce|confront \w+",
        r"(decide|choose) (whether|if) (to|i) (stay|leave|go)|stay or (leave|go)|forgive (by|before|on)",
    ),
    "cm-not-06": (
        r"scares?|frightens?|threatens?|afraid of|scared of|abus\w+|violent|stalk(s|er|ing)",
        r"(hits|beats) me",
    ),
    "cm-not-01": (
        rf"(check|search|read|go through|track|monitor|follow|spy on|hack|unlock) (on )?{_PERSON}",
        rf"look (at|through|into) {_PERSON}",
        rf"(make|get|force|stop|keep|ensure|convince|push) {_THEM}" + _BUT_THAT,
        r"(he|she|they|my (husband|wife|partner|ex)) will",
    ),
}

ENGLISH = Hints.of(
    _NO_COUNTER,
    lead=r"(?:i will|i'll|i am going to|i'm going to|i want to|i would like to|i'd like to)",
    state=r"^(?:try to |start to |really |just )*(?:be|become|feel|stay|get|remain|work on|improve|"
    r"do better|try|care|trust|love|heal|grow|change|show up|fix (?:myself|things)|move on|let go)\b",
    seen=r"^(?:be|stay|get) (?:on time|home|at|in|out|up|offline|off|back|there|by)\b|"
    r"^get \w+ (?:done|ready)",
    large=r"\b(?:always|never|everything|everyone|all day|all the time|"
    r"every (?:single )?(?:hour|minute|time)|"
    r"([2-9]|1[0-9]|two|three|four|five|six|several|many) hours|"
    r"no matter what|completely|totally|perfect\w*)\b",
)
