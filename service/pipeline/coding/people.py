"""People whom no table knows, told by the form of their noun: "grandmothers", "a miller"."""

import re

_SEVERAL = re.compile(r"(?:ers|ors|ists|ians|men|women|ants|ees|boys|girls|wives|folk)$")
_ONE = re.compile(r"(?:er|or|ist|ian|man|woman|ant|ee|boy|girl|wife)$")
_THINGS = frozenset(
    "amber angers answers antlers armors banners barometers barriers batters beers behaviors blacklists bladders "
    "blisters blunders boilers borders boulders breakwaters buffers bulldozers bunkers burners butters cancers "
    "canisters carriers centers chambers chants chapters charters checklists ciders ciphers clusters coasters "
    "coffees colors committees compressors computers containers converters cookers coppers corners corridors "
    "counters covers craters cruisers cucumbers cylinders daggers dangers decrees deer degrees destroyers "
    "detonators diameters dinners disasters disinfectants disorders doors dossiers drawers elephants encounters "
    "errors escalators factors favors feathers fees fertilisers fertilizers fevers figures filters fingers "
    "firecrackers fists flamethrowers flavors floors flowers fodders folders freighters frontiers generators giants "
    "glaciers grants guarantees gunpowders gutters handovers harbors harvesters headquarters heaters helicopters "
    "honors horrors howitzers humors hungers hydropowers icebreakers incinerators indicators interconnectors "
    "interiors jubilees kilometers knees labors ladders lasers laughters leathers ledgers letters levees lighters "
    "liners liquors lists livers longliners loudhailers loudspeakers manners manslaughters marquees matters mergers "
    "metaphors meteors meters minehunters mirrors mists monsters mortars motors murders newsletters numbers offers "
    "orders others oysters pacemakers papers parameters peppers perimeters photocopiers piers plants plasters "
    "pliers plunders posters powders powers prayers printers propellers quarters razors reactors receivers refers "
    "refrigerators regimen registers reindeer reminders restaurants rivers rosters rubbers rudders rumors rumours "
    "rupees schooners scissors scooters sectors semesters sensors servers sewers shelters shortlists shoulders "
    "shredders shudders shutters silencers silvers slanders slaughters slippers smelters sometimes specimen spiders "
    "splinters steamers stopovers stretchers summers sunflowers surrenders takeovers tankers tempers tenders "
    "terrors theaters thermometers thrillers thunders timbers towers tractors trailers transfers transformers "
    "transistors transmitters transplants trees tremors triggers trousers tumors typewriters vapors ventilators "
    "vouchers waists wallpapers warrants waters weathers whispers winters wonders wrists".split()
)
"""Plurals of the same form that are no people."""


def is_human(noun: str) -> bool:
    """Whether the form of a plural tells people."""
    return noun.islower() and noun not in _THINGS and _SEVERAL.search(noun) is not None


def human_sector(text: str) -> str | None:
    """Sector of people, by the form of the last word: "a miller" is a civilian; None for what is not human."""
    noun = text.rsplit(maxsplit=1)[-1]
    plural = noun if noun.endswith("s") else f"{noun}s"
    human = noun.islower() and plural not in _THINGS and (_SEVERAL.search(noun) or _ONE.search(noun))
    return "CVL" if human else None
