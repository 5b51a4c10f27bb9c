"""Draw 200 times a state and a day, and ask who was its head of state or of government then.

``python -m tests.bench.heads_of_state`` prints the questions, the same ones on any machine.

The answers of a second reader lie in ``heads_of_state.jsonl``, in the same order; dates.README.md says how they were
written.
"""

import json
import random
from datetime import date, timedelta

import typer

SEED = 1985
DRAWS = 200
FIRST, LAST = date(1985, 1, 1), date(2025, 12, 31)
OFFICES = ("head of state", "head of government")

# Members of the United Nations in the end, all of them states through the whole time.
THROUGHOUT = (
    "AFG AGO ALB AND ARE ARG ATG AUS AUT BDI BEL BEN BFA BGD BGR BHR BHS BLZ BOL BRA BRB BRN BTN BWA "
    "CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP DEU DJI DMA DNK DOM DZA ECU EGY ESP ETH "
    "FIN FJI FRA GAB GBR GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA "
    "JAM JOR JPN KEN KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LUX MAR MCO MDG MDV MEX MLI MLT MMR "
    "MNG MOZ MRT MUS MWI MYS NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PNG POL PRK PRT PRY QAT ROU RWA "
    "SAU SDN SEN SGP SLB SLE SLV SMR SOM STP SUR SWE SWZ SYC SYR TCD TGO THA TON TTO TUN TUR TUV TZA UGA URY USA "
    "VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE"
).split()

# First day as a state, where that is later. Until 21 May 1990 YEM is the Yemen of Sanaa.
FOUNDED = {
    "ARM": date(1991, 12, 26),
    "AZE": date(1991, 12, 26),
    "BIH": date(1992, 3, 3),
    "BLR": date(1991, 12, 26),
    "CZE": date(1993, 1, 1),
    "ERI": date(1993, 5, 24),
    "EST": date(1991, 9, 6),
    "FSM": date(1986, 11, 3),
    "GEO": date(1991, 12, 26),
    "HRV": date(1991, 10, 8),
    "KAZ": date(1991, 12, 26),
    "KGZ": date(1991, 12, 26),
    "LTU": date(1991, 9, 6),
    "LVA": date(1991, 9, 6),
    "MDA": date(1991, 12, 26),
    "MHL": date(1986, 10, 21),
    "MKD": date(1991, 11, 20),
    "MNE": date(2006, 6, 3),
    "NAM": date(1990, 3, 21),
    "PLW": date(1994, 10, 1),
    "RUS": date(1991, 12, 26),
    "SRB": date(2006, 6, 5),
    "SSD": date(2011, 7, 9),
    "SVK": date(1993, 1, 1),
    "SVN": date(1991, 10, 8),
    "TJK": date(1991, 12, 26),
    "TKM": date(1991, 12, 26),
    "TLS": date(2002, 5, 20),
    "UKR": date(1991, 12, 26),
    "UZB": date(1991, 12, 26),
}

# First and last day of members that are gone. A code given up only for another name is left out: Burma is MMR.
GONE = {
    "CSK": (FIRST, date(1992, 12, 31)),
    "DDR": (FIRST, date(1990, 10, 2)),
    "SCG": (date(2003, 2, 4), date(2006, 6, 2)),
    "SUN": (FIRST, date(1991, 12, 25)),
    "YMD": (FIRST, date(1990, 5, 21)),
    "YUG": (FIRST, date(2003, 2, 3)),
}


def states_on(day: date) -> list[str]:
    """Give the alpha-3 codes of the states that were there on a day, in order of the alphabet."""
    new = [code for code, first in FOUNDED.items() if first <= day]
    old = [code for code, (first, last) in GONE.items() if first <= day <= last]
    return sorted([*THROUGHOUT, *new, *old])


def draw() -> list[dict[str, str]]:
    """Draw the questions, offices by turns."""
    chance = random.Random(SEED)
    questions = []
    for number in range(DRAWS):
        day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))
        country = chance.choice(states_on(day))
        questions.append({"country": country, "day": day.isoformat(), "office": OFFICES[number % 2]})
    return questions


def main() -> None:
    """Print the questions as JSON lines."""
    for question in draw():
        typer.echo(json.dumps(question))


if __name__ == "__main__":
    main()
