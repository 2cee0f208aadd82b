"""Questions that visitors would type, each with the places that answer it best."""

MEETINGS, DECISIONS, INSTRUMENTS = "/meetings/", "/decisions/", "/instruments/"
SPECIAL = f"{MEETINGS}special-2022-07-19/"
FIRST_RESOLUTION = f"{INSTRUMENTS}un-a-res-77-281/"
OECD = f"{INSTRUMENTS}oecd-legal-0472/"
ILO_RESOLUTION = f"{INSTRUMENTS}ilo-ilc110-resolution-sse/"

QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "dates": {
        "19 July 2022": (SPECIAL,),
        "July 19, 2022": (SPECIAL,),
        "2022-07-19": (SPECIAL,),
        "19/07/2022": (SPECIAL,),
        "19 juillet 2022": (SPECIAL,),
        "19 de julio de 2022": (SPECIAL,),
        "meeting of September 2023": (f"{MEETINGS}regular-45/", f"{MEETINGS}unga-side-2023/"),
        "decisions of 14 March 2024": (
            f"{DECISIONS}untfsse-2024-r47-d1/",
            f"{DECISIONS}untfsse-2024-r47-d2/",
            f"{MEETINGS}regular-47/",
        ),
        "octobre 2022": (f"{MEETINGS}regular-40/",),
        "resolution adopted 18 April 2023": (FIRST_RESOLUTION,),
        "mayo de 2013": (f"{MEETINGS}unrisd-conference-2013/",),
        "30 September 2013": (f"{MEETINGS}founding-2013/",),
    },
    "ordinals": {
        "45th": (f"{MEETINGS}regular-45/",),
        "45th meeting": (f"{MEETINGS}regular-45/",),
        "third symposium": (f"{MEETINGS}symposium-3-2021/",),
        "3rd technical symposium": (f"{MEETINGS}symposium-3-2021/",),
        "40e réunion": (f"{MEETINGS}regular-40/",),
        "quinto simposio": (f"{MEETINGS}symposium-5-2025/",),
        "forty-seventh meeting": (f"{MEETINGS}regular-47/",),
        "first meeting of the task force": (f"{MEETINGS}founding-2013/",),
    },
    "goals": {
        "SDG 8": ("/sdgs/8/",),
        "goal 5": ("/sdgs/5/",),
        "ODD 8": ("/sdgs/8/",),
        "gender equality goal": ("/sdgs/5/",),
        "sdg13": ("/sdgs/13/",),
    },
    "provisions": {
        "paragraph 4 of A/RES/77/281": (f"{FIRST_RESOLUTION}#provision-4",),
        "building block 7 OECD recommendation": (f"{OECD}#provision-7",),
        "building block on access to finance": (f"{OECD}#provision-4",),
        "part III of the ILO resolution": (f"{ILO_RESOLUTION}#provision-3",),
        "role of the ILO Office": (f"{ILO_RESOLUTION}#provision-5",),
        "article 4 Bulgaria": (f"{INSTRUMENTS}bg-sse-act-2018/#provision-3",),
    },
    "agenda and minutes": {
        "place of the private sector": (f"{MEETINGS}regular-45/#agenda-3",),
        "item 3 of the special meeting": (f"{SPECIAL}#agenda-3",),
        "outcome of the HLPF side event": (f"{SPECIAL}#agenda-3",),
        "zero draft": (f"{MEETINGS}regular-42/#agenda-3",),
        "criteria for publications": (
            f"{MEETINGS}regular-45/#agenda-4",
            "/activities/a22-pub/",
        ),
        "minutes of the 45th meeting": (f"{MEETINGS}regular-45/", "/documents/report-regular-45/"),
    },
    "organizations": {
        "OECD": ("/organizations/oecd/",),
        "CEPAL": ("/organizations/eclac/",),
        "Organisation internationale du Travail": ("/organizations/ilo/",),
        "Organización Internacional del Trabajo": ("/organizations/ilo/",),
        "منظمة العمل الدولية": ("/organizations/ilo/",),
        "国际劳工组织": ("/organizations/ilo/",),
        "Международная организация труда": ("/organizations/ilo/",),
        "Mont-Blanc Meetings": ("/organizations/essfi/",),
        "when did WHO join": (
            "/organizations/who/",
            f"{DECISIONS}untfsse-2024-r47-d1/",
            "/updates/plan-2024/",
        ),
        "fair trade organization": ("/organizations/wfto/",),
    },
    "titles in languages": {
        "促进社会互助经济": (FIRST_RESOLUTION,),
        "تعزيز الاقتصاد الاجتماعي والتضامني": (FIRST_RESOLUTION,),
        "Стимулирование социальной и солидарной экономики": (FIRST_RESOLUTION,),
        "Promoción de la economía social y solidaria": (FIRST_RESOLUTION,),
        "La promotion de l'économie sociale et solidaire": (FIRST_RESOLUTION,),
        "loi Sénégal économie sociale": (f"{INSTRUMENTS}sn-loi-2021-28/",),
        "ley economía social España": (
            f"{INSTRUMENTS}es-ley-5-2011/",
            f"{INSTRUMENTS}es-proyecto-ley-integral/",
        ),
        "plan d'action 2022-2024": ("/action-plans/action-plan-2022-2024/",),
        "codice del terzo settore": (f"{INSTRUMENTS}it-dlgs-117-2017/",),
    },
    "questions in words": {
        "Who is the chair?": ("/organizations/ilo/",),
        "Who was deputy chair in 2022?": ("/organizations/unctad/",),
        "When is the next meeting?": (MEETINGS,),
        "Who was a member on 19 July 2022": ("/organizations/?on=2022-07-19",),
        "What did the special meeting decide about sub-groups?": (
            f"{DECISIONS}untfsse-2022-sm-d3/",
            SPECIAL,
        ),
        "Where was the fourth technical symposium held": (f"{MEETINGS}symposium-4-2023/",),
        "How do you measure the social and solidarity economy with statistics?": (
            "/encyclopedia/statistical-measurement/",
        ),
        "What does the encyclopedia say about tourism": ("/encyclopedia/tourism-sector/",),
        "is there a law in Brazil": (f"{INSTRUMENTS}br-lei-15068-2024/",),
        "¿Qué es la Declaración de Toledo?": (f"{INSTRUMENTS}declaration-toledo-2020/",),
        "what happened in Murcia": (f"{MEETINGS}symposium-5-2025/", "/updates/murcia-2025/"),
    },
    "slips": {
        "solidarty economy encylopedia": ("/activities/a22-ency/", "/encyclopedia/"),
        "statisical measurment": ("/encyclopedia/statistical-measurement/",),
        "special meting on operationalizing the acton plan": (SPECIAL,),
        "Luxemburg declaraton": (f"{INSTRUMENTS}declaration-luxembourg-2015/",),
        "womens self help grups": ("/encyclopedia/womens-self-help-groups/",),
        "indigenus economies": ("/encyclopedia/indigenous-economies/",),
        "knowlege hub coordinater": ("/organizations/unrisd/", "/activities/a22-hub/"),
    },
    "records before news": {
        "fifth technical symposium": (f"{MEETINGS}symposium-5-2025/",),
        "first UN resolution on the social and solidarity economy": (FIRST_RESOLUTION,),
        "position paper": ("/activities/a22-pos/",),
        "OECD recommendation": (OECD,),
        "Simel Esim": ("/organizations/ilo/",),
    },
}
