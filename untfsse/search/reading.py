"""Reading: what a text asks for, told apart into words, days, goals and places in a record."""

import re
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import NamedTuple

from django.utils.translation import get_language

from taskforce.choices import ProvisionKind
from untfsse.kit.records.sdg import GOALS
from untfsse.search.days import FoundDay, find_day
from untfsse.search.plain import HAN, Words, plain, words_of
from untfsse.search.vocabulary import SAYS_NOTHING, alike, longest

MOST_WORDS = 24
OPERATORS = re.compile(r'["“”„«»]|(?:^|\s)-\w|\s(?:or|OR)\s')
SYMBOL = re.compile(r"\w+(?:[/.]\w+)+|\w*[0-9]\w*/\w+")

ORDINALS = (
    "first premier premiere primer primera primero",
    "second deuxieme seconde segundo segunda",
    "third troisieme tercer tercera tercero",
    "fourth quatrieme cuarto cuarta",
    "fifth cinquieme quinto quinta",
    "sixth sixieme sexto sexta",
    "seventh septieme septimo septima",
    "eighth huitieme octavo octava",
    "ninth neuvieme noveno novena",
    "tenth dixieme decimo decima",
    "eleventh onzieme undecimo undecima",
    "twelfth douzieme duodecimo duodecima",
)
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
BY_WORD = {word: n for n, words in enumerate(ORDINALS, start=1) for word in words.split()}
ORDINAL_FIGURE = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th|e|er|ere|eme|ieme|o|a|ª|º)")
YEARS = re.compile(r"(19|20)([0-9]{2})[-/](?:\1)?([0-9]{2})")
GOAL = re.compile(
    r"(?:sdgs?|odd|ods|goals?|objectif|objetivo|цур|目标)[ .#-]*(?:n\.?[o°º]?\.? *)?"
    r"(1[0-7]|[1-9])(?![0-9])"
)
GOAL_AT = re.compile(rf"(?<!\w){GOAL.pattern}")

PROVISIONS: dict[str, tuple[str, ...]] = {
    plain(str(label)): (value,) for value, label in ProvisionKind.choices
}
PARAGRAPHS = ("operative", "operative_theme", "paragraph", "preambular")
PROVISIONS |= dict.fromkeys(("paragraph", "para", "paragraphe", "parrafo", "§"), PARAGRAPHS)
PROVISIONS |= dict.fromkeys(("op", "operative paragraph"), PARAGRAPHS[:3])
PROVISIONS |= dict.fromkeys(("articulo", "artigo", "articolo", "art"), ("article",))
PROVISIONS |= dict.fromkeys(("partie", "parte"), ("part",))
PROVISIONS |= dict.fromkeys(("chapitre", "capitulo"), ("chapter",))
PROVISIONS |= dict.fromkeys(("titre", "titulo"), ("title",))
PROVISIONS |= dict.fromkeys(
    ("principe", "principio", "principle"), ("principle", "guiding_principle")
)
ITEMS = ("agenda item", "item", "agenda point", "point", "punto")
DECISIONS = ("decisions", "decision", "decided", "decide", "decisiones", "decision no")
DOCUMENTS = ("minutes", "compte rendu", "proces-verbal", "acta", "reports?", "documents?")
NUMBER = r"(?:no\.? ?|n[o°º]\.? ?|#)?(?P<number>[0-9]{1,3}(?:\.[0-9]{1,2})?|[ivx]{1,5}|annex)"
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(ITEMS, ("agenda_item", ())),
    **{name: ("provision", values) for name, values in PROVISIONS.items()},
}
PLACE_NAMES = "|".join(sorted(map(re.escape, PLACES), key=len, reverse=True))
PLACE = re.compile(rf"(?<!\w)(?P<name>{PLACE_NAMES})s?\.? ?{NUMBER}(?!\w)")
PLACE_IN_WORDS = re.compile(
    rf"(?<!\w)(?P<ordinal>{'|'.join(BY_WORD)}) (?P<name>{PLACE_NAMES})(?!\w)"
)

KINDS_BY_WORDS = {
    "meeting": "meeting meetings symposium symposia conference webinar workshop event",
    "decision": "decision decisions decided",
    "instrument": "resolution resolutions recommendation declaration law laws act bill strategy",
    "organization": "organization organizations organisation organisations agency network",
    "entry": "entry entries encyclopedia",
    "action_plan": "action_plan work_plan plan",
    "activity": "activity activities",
    "sub_group": "sub-group sub-groups subgroup working_group",
    "document": "document documents report reports",
    "commitment": "commitment commitments committed commit commits pledge pledges pledged",
    "update": "news update updates announcement",
    "provision": "article paragraph building_block guiding_principle provision provisions",
    "agenda_item": "agenda_item agenda_items item",
}
KIND_WORDS = {
    word.replace("_", " "): kind for kind, words in KINDS_BY_WORDS.items() for word in words.split()
}


class Part(NamedTuple):
    """A place in a record: the kind of it, what it may be called there, and its number."""

    kind: str
    names: tuple[str, ...]
    number: str


@dataclass(frozen=True)
class Reading:
    """What a text asks for.

    `words` are alternatives for each word that says something; what is asked exactly, in
    quotation marks or with a minus sign, has none. `rest` are the words besides a place, by which
    the record is found that holds it.
    """

    text: str
    words: list[list[str]] = field(default_factory=list)
    rest: list[list[str]] = field(default_factory=list)
    typed: tuple[Words, ...] = ()
    day: FoundDay | None = None
    year: int | None = None
    goal: int | None = None
    part: Part | None = None
    is_exact: bool = False
    is_goal: bool = False  # named by its number, and nothing else asked

    @cached_property
    def said(self) -> list[list[str]]:
        """Each word as it is typed, in plain letters, with what the records call it."""
        return [[plain(each) for each in alternatives(term)] for term in self.typed]

    def asks(self, words: re.Pattern[str]) -> bool:
        """Whether one of the words is of this sort."""
        return any(words.fullmatch(each) for alike in self.said for each in alike)

    @property
    def kinds(self) -> list[str]:
        """The nouns that the words name: their records come first."""
        found = [KIND_WORDS[each] for alike in self.said for each in alike if each in KIND_WORDS]
        return list(dict.fromkeys(found))

    def with_guesses(self, guesses: dict[str, str]) -> "Reading":
        """Return the same, in which words may also be what they were guessed to be."""
        if not guesses:
            return self
        words = [
            [*alike, *(guesses[each] for each in alike if each in guesses)] for alike in self.words
        ]
        return replace(self, words=words)


def read(text: str) -> Reading:
    """Read a text that is clean and not too long."""
    if OPERATORS.search(text):
        return Reading(text, is_exact=True)
    bare = plain(text)
    if len(bare) != len(text):  # letters that become several: what is found in one is not in both
        text = bare
    goal, goal_at = find_goal(bare)
    is_numbered = goal is not None and GOAL.search(bare) is not None
    day = find_day(bare)
    part, part_at = find_part(bare)
    spans = [span for span in (goal_at, day and (day.start, day.end)) if span]
    left = without(text, spans)
    signs = signs_of(text, day, goal)
    terms = tuple(terms_of(left, bare))
    words = signs + [alternatives(term) for term in terms]
    open_last(words, left)
    rest: list[list[str]] = []
    if part:
        rest = signs + [alternatives(term) for term in terms_of(without(left, [part_at]), bare)]
    years = [int(word) for word in re.findall(r"\b(?:19|20)[0-9]{2}\b", without(bare, spans))]
    return Reading(
        text,
        once(words),
        once(rest),
        terms,
        day,
        years[0] if years else None,
        goal,
        part,
        is_goal=is_numbered and not terms and day is None,
    )


def once(words: list[list[str]]) -> list[list[str]]:
    """Return each word once, of very many the first."""
    return [alike for n, alike in enumerate(words) if alike not in words[:n]][:MOST_WORDS]


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with spaces in the place of what was read."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def signs_of(text: str, day: FoundDay | None, goal: int | None) -> list[list[str]]:
    """Return the alternatives for a day and a goal: by their signs, or as they are written."""
    signs = []
    if day:
        signs.append([day.sign, text[day.start : day.end]])
        if day.date.day:
            signs[0].append(f"{day.date.day} {day.date.text.split()[-2]} {day.date.year}")
    if goal:
        signs.append([f"#goal{goal}", f"SDG {goal}", str(GOALS[goal].name)])
    return signs


def find_goal(bare: str) -> tuple[int | None, tuple[int, int] | None]:
    """Return the goal that a text names by its number or its whole name, and where."""
    if match := GOAL_AT.search(bare):
        return int(match[1]), match.span()
    for number, name in goal_names(get_language()).items():
        if name in bare and re.fullmatch(
            rf"(?:(?:sdg|goal)[ :]*)?{re.escape(name)}(?: (?:sdg|goal))?", bare
        ):
            return number, (0, len(bare))
    return None, None


@cache
def goal_names(_language: str | None) -> dict[int, str]:
    """Return the plain names of the goals in the language of the day."""
    return {number: plain(str(goal.name)) for number, goal in GOALS.items()}


def find_part(bare: str) -> tuple[Part | None, tuple[int, int]]:
    """Return the place in a record that a text names, and where."""
    if match := PLACE.search(bare):
        kind, values = PLACES[match["name"]]
        return Part(kind, values, match["number"]), match.span()
    if match := PLACE_IN_WORDS.search(bare):
        kind, values = PLACES[match["name"]]
        return Part(kind, values, str(BY_WORD[match["ordinal"]])), match.span()
    if match := re.search(r"(?<!\w)(?:d|decision (?:no\.? ?)?)(?P<number>[0-9]{1,2})(?!\w)", bare):
        return Part("decision", (), match["number"]), match.span()
    if match := re.search(rf"(?<!\w)(?:{'|'.join(DECISIONS)})(?!\w)", bare):
        return Part("decision", (), ""), match.span()
    if match := re.search(rf"(?<!\w)(?:{'|'.join(DOCUMENTS)})(?!\w)", bare):
        return Part("document", (), ""), match.span()
    return None, (0, 0)


def terms_of(left: str, bare: str) -> list[Words]:
    """Return the words of a text, those that are one term together, without what says nothing."""
    words = words_of(left)
    known, terms, place = alike(), list[Words](), 0
    is_all_empty = all(plain(word) in SAYS_NOTHING for word in words_of(bare))
    while place < len(words):
        for length in range(min(longest(), len(words) - place), 0, -1):
            term = words[place : place + length]
            if tuple(plain(word) for word in term) in known:
                break
        else:
            term = words[place : place + 1]
        place += len(term)
        if HAN.fullmatch(term[0]):
            terms += split_chinese(term[0])
        elif (
            is_all_empty or len(term) > 1 or is_name(term[0]) or plain(term[0]) not in SAYS_NOTHING
        ):
            terms.append(term)
    return terms


def is_name(word: str) -> bool:
    """Whether a word is written as an acronym: WHO, not who."""
    return len(word) > 1 and word.isascii() and word.isupper()


def split_chinese(run: str) -> list[Words]:
    """Return the terms of a text without spaces, and what stands between them."""
    known = [term[0] for term in alike() if len(term) == 1 and HAN.fullmatch(term[0])]
    form = "|".join(sorted(known, key=len, reverse=True))
    return [(part,) for part in re.split(f"({form})", run) if part]


def alternatives(term: Words) -> list[str]:
    """Return a term as it is typed, and whatever else the records call it."""
    typed, bare = " ".join(term), tuple(plain(word) for word in term)
    found = [typed, *alike().get(bare, ())]
    if number := ordinal(bare[0]) if len(term) == 1 else None:
        found += [f"{number}{ending(number)}", *ORDINALS[number - 1 : number]]
        found = [word.split()[0] for word in found]
    if is_name(typed):
        found.append(f"={typed}")
    if match := YEARS.fullmatch(typed):
        found += [f"{match[1]}{match[2]}-{match[1]}{match[3]}", f"{match[1]}{match[2]}-{match[3]}"]
    if re.fullmatch(r"(?:19|20)[0-9]{2}", typed):
        found.append(f"#y{typed}")
    return list(dict.fromkeys(found))


def ordinal(word: str) -> int | None:
    """Return the number that an ordinal says, in words or figures."""
    if match := ORDINAL_FIGURE.fullmatch(word):
        return int(match[1])
    tens, _hyphen, ones = word.partition("-")
    if tens in TENS and ones in BY_WORD:
        return TENS[tens] + BY_WORD[ones]
    return BY_WORD.get(word)


def ending(number: int) -> str:
    """Return what follows the figures of an ordinal in English."""
    return "th" if number % 100 in {11, 12, 13} else ENDINGS.get(number % 10, "th")


def open_last(words: list[list[str]], left: str) -> None:
    """Let the last word be unfinished."""
    match = re.search(r"(?<![\w./-])([^\W_]{3,})$", left)
    if match and words and words[-1][0] == match[1]:
        words[-1].append(f"{match[1]}*")
