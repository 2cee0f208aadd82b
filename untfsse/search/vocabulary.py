"""Vocabulary: what the records call in English, as visitors call it in other languages.

The first words of each row are those of the records, alike among themselves; behind them stand
words of other languages that mean the same. Names of countries come from `django_countries`.
Sources: the titles of A/RES/77/281 in six languages for the social and solidarity economy and the
Task Force; the rest is common speech.
"""

# ruff: noqa: RUF001 - words of other scripts

import gettext
from functools import cache
from pathlib import Path

import django_countries
from django_countries import countries

from untfsse.search.plain import Words, plain, words_of

LANGUAGES = ("fr", "es", "ru", "ar", "zh_CN", "de", "it", "pt")

QUESTION_WORDS = """
    what which who whom whose when where why how much many tell show find list give explain
    please happened happen happens held hold took take place say says said mean means know need
    want look looking information info concerning regarding about there exist exists adopted
    do does did is are was were be been has have had can could should would will may the a an of
    on in at to for by with from and or it its this that these those any some all me us our my i
    you your we they their he she still ever up out get got made make come came went go
    quel quelle quels quelles qui quand ou comment pourquoi combien que quoi est sont etait a ont
    ete fut le la les un une des du de d au aux en dans sur pour par avec et ce cette ces y il elle
    adopte adoptee adoptees lieu
    cual cuales quien quienes cuando donde como cuanto cuantos es son fue era ha han el los las
    una unos unas del al en sobre con por para se su sus este esta lo hay aprobada aprobado
    quando onde quem o os as do da dos das em no na nos nas e um uma foi
    кто что где когда как какой какая какие в на и о об по с для был была были
    من ما ماذا متى اين كيف هل في على الى عن و
"""
SAYS_NOTHING = frozenset(QUESTION_WORDS.split())
"""Words of questions, in plain letters: they are looked for only where nothing else is asked."""

TERMS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("SSE", "social and solidarity economy", "social solidarity economy"),
        (
            *("ESS", "économie sociale et solidaire", "economía social y solidaria"),
            *("الاقتصاد الاجتماعي والتضامني", "社会互助经济"),
            *("социальная и солидарная экономика", "социальной и солидарной экономики"),
        ),
    ),
    (
        ("Task Force", "UNTFSSE"),
        (
            *("groupe de travail interinstitutions", "equipo de tareas", "grupo de tareas"),
            *("فرقة العمل", "فرقة عمل", "工作队", "целевая группа"),
        ),
    ),
    (
        ("United Nations", "UN"),
        (
            "Nations Unies",
            "Naciones Unidas",
            "الأمم المتحدة",
            "联合国",
            "Организация Объединенных Наций",
        ),
    ),
    (("General Assembly", "GA", "UNGA"), ("Assemblée générale", "Asamblea General", "大会")),
    (("Secretary-General",), ("Secrétaire général", "Secretario General", "秘书长")),
    (
        ("International Labour Conference", "ILC"),
        ("Conférence internationale du travail", "Conferencia Internacional del Trabajo"),
    ),
    (("social economy",), ("économie sociale", "economía social", "economia social")),
    (("solidarity economy",), ("économie solidaire", "economía solidaria", "economia solidária")),
    (("economy", "economics", "economies"), ("économie", "economía", "economia", "Wirtschaft")),
    (("action plan", "work plan"), ("plan d'action", "plan de acción", "خطة العمل", "行动计划")),
    (("sub-group", "subgroup", "working group"), ("sous-groupe", "subgrupo", "grupo de trabajo")),
    (("side event",), ("événement parallèle", "evento paralelo")),
    (
        ("Encyclopedia", "encyclopaedia"),
        ("encyclopédie", "enciclopedia", "百科全书", "энциклопедия"),
    ),
    (("meeting",), ("réunion", "réunions", "reunión", "reuniones", "اجتماع", "会议", "совещание")),
    (("symposium", "symposia"), ("colloque", "simposio", "ندوة", "研讨会", "симпозиум")),
    (("conference",), ("conférence", "conferencia", "مؤتمر", "конференция")),
    (("webinar",), ("webinaire", "seminario web")),
    (("workshop",), ("atelier", "taller")),
    (("special",), ("extraordinaire", "spéciale", "extraordinaria", "especial")),
    (("regular",), ("ordinaire", "ordinaria")),
    (("technical",), ("technique", "técnico", "técnica")),
    (
        ("founding meeting", "first meeting", "inaugural meeting"),
        ("première réunion", "réunion fondatrice", "primera reunión"),
    ),
    (("founding",), ("fondatrice", "fundacional")),
    (("decision", "decided"), ("décision", "décisions", "decisión", "decisiones", "قرارات")),
    (
        ("resolution",),
        ("résolution", "résolutions", "resolución", "resoluciones", "قرار", "决议", "резолюция"),
    ),
    (("recommendation",), ("recommandation", "recomendación", "توصية", "建议", "рекомендация")),
    (("declaration",), ("déclaration", "declaración", "إعلان", "宣言", "декларация")),
    (("strategy",), ("stratégie", "estrategia", "استراتيجية", "战略", "стратегия")),
    (
        ("law", "act"),
        ("loi", "lois", "ley", "leyes", "lei", "legge", "gesetz", "قانون", "法", "закон"),
    ),
    (("bill",), ("projet de loi", "proyecto de ley", "anteproyecto de ley")),
    (("report",), ("rapport", "informe", "تقرير", "报告", "доклад")),
    (("minutes", "report"), ("compte rendu", "procès-verbal", "acta", "actas")),
    (
        ("chair",),
        ("président", "présidente", "presidente", "presidenta", "رئيس", "主席", "председатель"),
    ),
    (("vice-chair",), ("vice-président", "vice-présidente", "vicepresidente", "vicepresidenta")),
    (("deputy chair",), ("présidente adjointe", "président adjoint", "presidenta adjunta")),
    (("secretariat",), ("secrétariat", "secretaría", "أمانة", "秘书处", "секретариат")),
    (("next",), ("prochaine", "prochain", "próxima", "próximo", "下次", "следующая", "следующее")),
    (("last", "latest"), ("dernière", "dernier", "última", "último")),
    (("agenda",), ("ordre du jour", "orden del día", "جدول الأعمال", "议程")),
    (("document",), ("documents", "documento", "documentos")),
    (
        ("organization", "organisation"),
        ("organisations", "organización", "organizaciones", "منظمة", "组织", "организация"),
    ),
    (("member", "members"), ("membre", "membres", "miembro", "miembros", "عضو", "成员")),
    (("observer", "observers"), ("observateur", "observateurs", "observador", "observadores")),
    (
        ("cooperative", "co-operative"),
        ("coopérative", "cooperativa", "تعاونية", "合作社", "кооператив"),
    ),
    (("decent work",), ("travail décent", "trabajo decente", "العمل اللائق", "体面劳动")),
    (
        ("sustainable development",),
        ("développement durable", "desarrollo sostenible", "可持续发展"),
    ),
    (
        ("statistics", "statistical"),
        ("statistiques", "statistique", "estadísticas", "إحصاءات", "统计"),
    ),
    (("finance", "financing"), ("financement", "financements", "financiación", "تمويل", "融资")),
    (("gender", "women"), ("genre", "femmes", "género", "mujeres", "المرأة", "妇女")),
    (("tourism",), ("tourisme", "turismo", "السياحة", "旅游")),
    (("education",), ("éducation", "educación", "التعليم", "教育")),
    (("health",), ("santé", "salud", "الصحة", "卫生")),
    (("housing",), ("logement", "vivienda", "السكن", "住房")),
    (("youth", "young people"), ("jeunes", "jeunesse", "jóvenes", "juventud", "الشباب", "青年")),
    (("migrants", "refugees"), ("réfugiés", "refugiados", "اللاجئون", "难民")),
    (("agriculture", "food"), ("alimentation", "agricultura", "alimentación", "الزراعة", "农业")),
    (("public policy", "public policies"), ("politiques publiques", "políticas públicas")),
    (("social enterprises", "social enterprise"), ("entreprises sociales", "empresas sociales")),
    (("Member States",), ("États membres", "Estados Miembros")),
    (("position paper",), ("document de position", "documento de posición")),
    (("Knowledge Hub",), ("pôle de connaissances", "centro de conocimientos")),
    (("private sector",), ("secteur privé", "sector privado")),
    (("local", "territorial"), ("territoires", "territorial", "territoriales")),
    (("World Bank",), ("Banque mondiale", "Banco Mundial", "البنك الدولي", "世界银行")),
    (("African Union",), ("Union africaine", "Unión Africana", "الاتحاد الأفريقي", "非洲联盟")),
    (("European Union", "EU", "European"), ("Union européenne", "Unión Europea", "UE")),
    (("co-optation", "cooptation"), ("récupération",)),
)

ORGANIZATIONS: dict[str, tuple[str, ...]] = {
    "ILO": (
        "OIT",
        "BIT",
        "МОТ",
        "Bureau international du Travail",
        "Oficina Internacional del Trabajo",
    ),
    "OECD": (
        *("OCDE", "ОЭСР", "经合组织", "منظمة التعاون الاقتصادي والتنمية"),
        "Organisation de coopération et de développement économiques",
        "Organización para la Cooperación y el Desarrollo Económicos",
    ),
    "WHO": (
        *("OMS", "ВОЗ", "世界卫生组织", "世卫组织", "منظمة الصحة العالمية"),
        *("Organisation mondiale de la Santé", "Organización Mundial de la Salud"),
        "Всемирная организация здравоохранения",
    ),
    "UNCTAD": (
        *("CNUCED", "ЮНКТАД", "贸发会议", "الأونكتاد"),
        "Conférence des Nations Unies sur le commerce et le développement",
        "Conferencia de las Naciones Unidas sobre Comercio y Desarrollo",
    ),
    "UNDP": (
        *("PNUD", "ПРООН", "开发署"),
        "Programme des Nations Unies pour le développement",
        "Programa de las Naciones Unidas para el Desarrollo",
    ),
    "UNEP": (
        *("PNUE", "PNUMA", "ЮНЕП", "环境署"),
        "Programme des Nations Unies pour l'environnement",
        "Programa de las Naciones Unidas para el Medio Ambiente",
    ),
    "UNHCR": ("HCR", "ACNUR", "УВКБ", "难民署", "مفوضية شؤون اللاجئين"),
    "UN DESA": ("DAES",),
    "ECLAC": (
        *("CEPALC", "ЭКЛАК", "拉加经委会"),
        "Commission économique pour l'Amérique latine et les Caraïbes",
        "Comisión Económica para América Latina y el Caribe",
    ),
    "ESCAP": ("CESAP", "CESPAP", "ЭСКАТО", "亚太经社会"),
    "ESCWA": ("CESAO", "CESPAO", "ЭСКЗА", "西亚经社会", "الإسكوا"),
    "UNESCO": ("ЮНЕСКО", "教科文组织", "اليونسكو"),
    "FAO": ("ФАО", "粮农组织", "الفاو"),
    "ICA": ("ACI", "Alliance coopérative internationale", "Alianza Cooperativa Internacional"),
    "EESC": ("CESE", "Comité économique et social européen", "Comité Económico y Social Europeo"),
    "AUC": ("Commission de l'Union africaine", "Comisión de la Unión Africana"),
}
"""Bodies by their acronym in the records, with what they call themselves in other languages: to
be found by, no more. What the records say of names stands there, with a source."""


@cache
def alike() -> dict[Words, tuple[str, ...]]:
    """Return what each term, in plain words, is called in the records."""
    found: dict[Words, tuple[str, ...]] = dict(names_of_countries())
    for english, others in TERMS:
        for term in (*english, *others):
            found[words_of(plain(term))] = english
    for acronym, others in ORGANIZATIONS.items():
        for name in others:
            found[words_of(plain(name))] = (f"={acronym}",)
    return found


@cache
def longest() -> int:
    """Return of how many words the longest term is."""
    return max(map(len, alike()))


def names_of_countries() -> dict[Words, tuple[str, ...]]:
    """Return the names of countries in other languages, with the English one."""
    found: dict[Words, tuple[str, ...]] = {}
    folder = Path(django_countries.__file__).parent / "locale"
    for language in LANGUAGES:
        in_language = gettext.translation("django", folder, [language], fallback=True).gettext
        for name in countries.countries.values():
            english = str(name)
            if (told := in_language(english)) != english:
                found[words_of(plain(told))] = (english,)
    return found
