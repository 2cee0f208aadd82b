"""How well search answers what visitors type, measured on the real records."""

from html.parser import HTMLParser

from django.test import Client

from tests.search.questions import QUESTIONS

FURTHEST = 10


class Links(HTMLParser):
    """The links of the answers and the results, in the order of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look only into the lists of what was found."""
        facts = dict(attrs)
        is_list = {"answers", "listing"} & set((facts.get("class") or "").split())
        if self.depth or is_list:
            self.depth += tag in {"ul", "section"}
        if tag == "a" and self.depth and facts.get("href"):
            self.found.append(str(facts["href"]))

    def handle_endtag(self, tag: str) -> None:
        """Leave the list."""
        if self.depth:
            self.depth -= tag in {"ul", "section"}


def places(client: Client, question: str) -> list[str]:
    """Return the addresses that a search shows, the best first."""
    response = client.get("/search/", {"q": question})
    if response.status_code == 302:
        return [response["Location"]]
    assert response.status_code == 200, question
    return list(dict.fromkeys(Links(response.text).found))[:FURTHEST]


def score(found: list[str], wanted: tuple[str, ...]) -> float:
    """Return one through the place at which the first of what is wanted stands."""
    ranks = [found.index(each) + 1 for each in wanted if each in found]
    return 1 / min(ranks) if ranks else 0.0


def measure(client: Client) -> list[float]:
    """Ask all questions; return the mark of each, and print the worst of each kind."""
    scores: dict[str, dict[str, float]] = {}
    for kind, questions in QUESTIONS.items():
        for question, wanted in questions.items():
            mark = score(places(client, question), wanted)
            scores.setdefault(kind, {})[question] = mark
    marks = [mark for kind in scores.values() for mark in kind.values()]
    for kind, of_kind in scores.items():
        worst = [f"{q} ({mark:.2f})" for q, mark in of_kind.items() if mark < 1]
        print(f"{kind:20} {sum(of_kind.values()) / len(of_kind):.2f}  {'; '.join(worst)}")
    print(f"{len(marks)} questions, MRR {sum(marks) / len(marks):.3f}")
    return marks
