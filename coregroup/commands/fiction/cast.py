"""Who there is: four invented authorities, their agencies and professionals. Nobody and nowhere is real."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

PASSWORD = "core group demo"  # nosec B105 - fictional people only; printed for whoever starts the service


@dataclass(frozen=True)
class Office:
    """An agency with its named child-protection professional (R1)."""

    key: str
    name: str
    kind: str
    named: str
    contact: str
    out_of_hours: str = ""


@dataclass(frozen=True)
class Worker:
    """A professional; `duties` as the access table knows them, `manager` another's key."""

    key: str
    given: str
    family: str
    office: str
    job: str
    duties: tuple[str, ...] = ()
    manager: str = ""
    language: str = "en"

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Town:
    """An authority under one of the shipped procedures."""

    key: str
    name: str
    procedure: str
    nation: str
    offices: tuple[Office, ...]
    workers: tuple[Worker, ...]
    borrows: tuple[tuple[str, str], ...] = ()  # (town, office) that serve here too

    def email(self, worker: Worker) -> str:
        return f"{plain(worker.given)}.{plain(worker.family)}@{plain(self.name)}.example"

    def office(self, key: str) -> Office:
        return next(office for office in self.offices if office.key == key)


def plain(text: str) -> str:
    """A name as it stands in an address: no accents, apostrophes or spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        one for one in letters.replace(" ", "-") if one.isascii() and (one.isalnum() or one == "-")
    )


LEAD, CHAIR, MANAGER, ADMIN = ("lead_worker",), ("conference_chair",), ("manager",), ("administrator",)

ASHCOMBE = Town(
    "ashcombe", "Ashcombe Vale", "warwickshire", "england",
    (
        Office("care", "Ashcombe Vale Children's Social Care", "social_care", "Maud Okoro", "07700 900101",
               "Ashcombe Vale emergency team, 07700 900109"),
        Office("health", "Vale and Mere Community Health", "health", "Nell Firth", "07700 900111"),
        Office("police", "Vale and Mere Constabulary", "police", "Inspector Ivo Marr", "07700 900121"),
        Office("primary", "Larkspur Primary School", "education", "Tariq Shah", "07700 900131"),
        Office("academy", "Heronsbrook Academy", "education", "Bernadette O'Rourke-Smythe", "07700 900132"),
        Office("housing", "Ashcombe Homes", "housing", "Jo Adeyemi", "07700 900141"),
        Office("support", "Open Door Family Support", "voluntary", "Wim de Groot", "07700 900151"),
    ),
    (
        Worker("maud", "Maud", "Okoro", "care", "Team manager", MANAGER),
        Worker("lena", "Lena", "Marsh", "care", "Social worker", LEAD, "maud"),
        Worker("oscar", "Oscar", "Bell", "care", "Social worker", LEAD, "maud"),
        Worker("carys", "Carys", "Holt", "care", "Independent reviewing officer", CHAIR),
        Worker("adam", "Adam", "Quill", "care", "Systems administrator", ADMIN),
        Worker("nell", "Nell", "Firth", "health", "Named nurse", MANAGER),
        Worker("hana", "Hana", "Pryce", "health", "Health visitor", (), "nell"),
        Worker("petra", "Petra", "Lund", "police", "Detective constable"),
        Worker("tariq", "Tariq", "Shah", "primary", "Designated teacher"),
        Worker("bernadette", "Bernadette", "O'Rourke-Smythe", "academy", "Safeguarding lead"),
        Worker("jo", "Jo", "Adeyemi", "housing", "Tenancy officer"),
        Worker("wim", "Wim", "de Groot", "support", "Family support worker"),
    ),
)  # fmt: skip

FENHURST = Town(
    "fenhurst", "Fenhurst", "cambridgeshire", "england",
    (
        Office("care", "Fenhurst Children's Services", "social_care", "Ruth Achebe", "07700 900201",
               "Fenhurst emergency team, 07700 900209"),
        Office("maternity", "Fenhurst Maternity Service", "health", "Grace Tembo", "07700 900211"),
        Office("school", "St Osyth Green Primary School", "education", "Imogen Fairweather", "07700 900231"),
        Office("probation", "Eastmere Probation", "probation", "Callum Reeve", "07700 900241"),
        Office("support", "The Lantern Project", "voluntary", "Marta Kowalczyk", "07700 900251"),
    ),
    (
        Worker("ruth", "Ruth", "Achebe", "care", "Team manager", MANAGER),
        Worker("priya", "Priya", "Nandakumar", "care", "Social worker", LEAD, "ruth"),
        Worker("gareth", "Gareth", "Stubbs", "care", "Social worker", LEAD, "ruth"),
        Worker("dominic", "Dominic", "Vane", "care", "Child protection chair", CHAIR),
        Worker("sunniva", "Sunniva", "Hart", "care", "Systems administrator", ADMIN),
        Worker("grace", "Grace", "Tembo", "maternity", "Specialist midwife"),
        Worker("imogen", "Imogen", "Fairweather", "school", "Head teacher"),
        Worker("callum", "Callum", "Reeve", "probation", "Probation officer"),
        Worker("marta", "Marta", "Kowalczyk", "support", "Family worker"),
    ),
    borrows=(("ashcombe", "health"), ("ashcombe", "police")),
)  # fmt: skip

HEULWEN = Town(
    "heulwen", "Cwm Heulwen", "denbighshire", "wales",
    (
        Office("care", "Gofal Plant Cwm Heulwen", "social_care", "Mair Penllyn", "07700 900301",
               "Tîm argyfwng Cwm Heulwen, 07700 900309"),
        Office("health", "Iechyd Cymunedol Bro Aur", "health", "Nia Llwyd", "07700 900311"),
        Office("school", "Ysgol Tŷ'r Ŵyn", "education", "Aled Gwŷn", "07700 900331"),
        Office("police", "Heddlu Bro Heulwen", "police", "Catrin Gwawr", "07700 900321"),
        Office("support", "Cymorth Teulu Heulwen", "voluntary", "Tomos Rhydderch", "07700 900351"),
    ),
    (
        Worker("mair", "Mair", "Penllyn", "care", "Rheolwr tîm", MANAGER, language="cy"),
        Worker("sian", "Siân", "Gwŷn-Ellis", "care", "Gweithiwr cymdeithasol", LEAD, "mair", "cy"),
        Worker("rhodri", "Rhodri", "Tŵr", "care", "Social worker", LEAD, "mair"),
        Worker("hywel", "Hywel", "Brychan", "care", "Cadeirydd cynadleddau", CHAIR, language="cy"),
        Worker("eleri", "Eleri", "Môn", "care", "Systems administrator", ADMIN),
        Worker("nia", "Nia", "Llwyd", "health", "Ymwelydd iechyd", language="cy"),
        Worker("aled", "Aled", "Gwŷn", "school", "Athro dynodedig", language="cy"),
        Worker("catrin", "Catrin", "Gwawr", "police", "Detective constable"),
        Worker("tomos", "Tomos", "Rhydderch", "support", "Gweithiwr cymorth teulu", language="cy"),
        Worker("ffion", "Ffion Angharad Myfanwy", "Llewellyn-Abercrombie ap Gwilym-Prytherch", "health",
               "Consultant community paediatrician and designated doctor for safeguarding"),
    ),
)  # fmt: skip

GLENARVIE = Town(
    "glenarvie", "Glenarvie", "scottish-council", "scotland",
    (
        Office("care", "Glenarvie Social Work", "social_care", "Morag Sinclair", "07700 900401",
               "Glenarvie standby team, 07700 900409"),
        Office("health", "Arvie Community Health", "health", "Catriona Baird", "07700 900411"),
        Office("school", "Arvie Bridge Primary School", "education", "Mhairi Gunn", "07700 900431"),
        Office("police", "Glenarvie Police Office", "police", "Rory Dalziel", "07700 900421"),
        Office("support", "Safe Harbour Support", "voluntary", "Ailsa Thorburn", "07700 900451"),
    ),
    (
        Worker("morag", "Morag", "Sinclair", "care", "Team manager", MANAGER),
        Worker("eilidh", "Eilidh", "MacAskill", "care", "Social worker", LEAD, "morag"),
        Worker("struan", "Struan", "Geddes", "care", "Social worker", LEAD, "morag"),
        Worker("fergus", "Fergus", "Innes", "care", "Chair of planning meetings", CHAIR),
        Worker("isobel", "Isobel", "Kerr", "care", "Systems administrator", ADMIN),
        Worker("catriona", "Catriona", "Baird", "health", "Health visitor"),
        Worker("mhairi", "Mhairi", "Gunn", "school", "Head teacher"),
        Worker("rory", "Rory", "Dalziel", "police", "Detective constable"),
        Worker("ailsa", "Ailsa", "Thorburn", "support", "Support worker"),
    ),
)  # fmt: skip

TOWNS = (ASHCOMBE, FENHURST, HEULWEN, GLENARVIE)


@dataclass(frozen=True)
class Parent:
    """Somebody of a family who can sign in."""

    name: str
    email: str
    town: str
    role: str


PARENTS = (
    Parent("Mary Whitcombe", "mary.whitcombe@home.example", "Ashcombe Vale",
           "Mother; her address is kept from one father"),
    Parent("Frank Dale", "frank.dale@home.example", "Ashcombe Vale",
           "Father of one of two half-siblings; must not learn the mother's address"),
    Parent("Ngozi Okafor-Reed", "ngozi.okafor-reed@home.example", "Ashcombe Vale", "Mother of three"),
    Parent("Shannon O'Leary-Finch", "shannon.oleary-finch@home.example", "Fenhurst",
           "Mother of an unborn baby"),
    Parent("Gwenllïan Brwyn", "gwenllian.brwyn@home.example", "Cwm Heulwen", "Mam / mother of two"),
    Parent("Kirsty Drummore", "kirsty.drummore@home.example", "Glenarvie", "Mother"),
)  # fmt: skip


def parent(name: str) -> Parent:
    """The parent of that name, who can sign in."""
    return next(one for one in PARENTS if one.name == name)


def role_of(worker: Worker) -> str:
    """The role as the list of people says it: the job, with the duty where it opens pages of its own."""
    words = {"lead_worker": "lead worker", "conference_chair": "conference chair", "manager": "manager",
             "administrator": "administrator"}  # fmt: skip
    told = [words[duty] for duty in worker.duties if words[duty] not in worker.job.casefold()]
    return f"{worker.job} ({', '.join(told)})" if told else worker.job
