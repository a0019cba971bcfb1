"""Numbers and addresses that identify a person: telephone, e-mail, social security, bank, record, plate, birth, home.

Patterns are over folded text. A number is taken for what its form says; where many figures share a form, a word
before it must say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.personal.text import CaseText, PersonalKind, PersonalSpan, word_list

_PAIRED_PHONE = re.compile(
    r"(?<!\d)(?<!\d[.,/\-])(?:(?:\( ?)?(?:\+|00) ?(?:33|262|269|508|590|594|596) ?\)?[.\-]? ?(?:\( ?0 ?\) ?)?0?|"
    r"\( ?0 ?\) ?|0 ?)"
    r"[1-9](?:[ .\-_/]{0,3}\d{2}){4}(?!\d)"
)
_LOOSE_PHONE = re.compile(r"(?<!\d)(?<!\d[.,/\-])(?:0[ .\-]?)?[1-9](?:[ .\-_]{0,3}\d){8}(?!\d)")
_FOREIGN_PHONE = re.compile(r"(?:\+|(?<!\d)00) ?[1-9](?:[ .\-()]{0,3}\d){6,13}(?!\d)")
_PHONE_CUE = re.compile(
    r"\b(?:tel|telephone|telephonique|portable|mobile|fixe|numero|num|joindre|joignable|rappel\w*|appel\w*|"
    r"contact\w*|sms|texto|whatsapp|coordonnees)\b[^\d]{0,30}$"
)
_FRENCH_REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT", "PM")

_EMAIL = re.compile(
    r"(?<![\w.+\-])(?:[\w+\-]{1,40} (?:point|tiret|underscore) ){0,3}[\w][\w.+\-']{0,63}"
    r"(?: ?@ ?| ?[(\[{] ?(?:at|arobase|@) ?[)\]}] ?| arobase )"
    r"[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63})*"
    r"(?:(?: ?\. ?| point | ?[(\[] ?(?:dot|point) ?[)\]] ?)(?:fr|com|net|org|eu|be|ch|re|io|info)\b)*"
)
_ROLE_MAILBOX = re.compile(
    r"(?:contact|accueil|info|infos|information|secretariat|direction|communication|service|mairie|ccas|mdph|caf|"
    r"support|presse|formation|recrutement|asso|association|bonjour|hello|dpo|rgpd|webmaster|no-?reply)\b"
)

_SECURITY = re.compile(
    r"(?<![\da-z])[1-478]S\d{2}S(?:0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d)S(?:\d{2}|2 ?[ab])S\d{3}S\d{3}"
    r"(?:(?:S| ?[(/]? ?cle ?:? ?)\d{2}\b\)?|(?!\d))".replace("S", r"[ .\-/]{0,2}")
)
_LOOSE_SECURITY = re.compile(r"(?<![\da-z])[1-478](?:[ .\-/]{0,2}[\dab]){6,14}(?![\da-z])")
_SECURITY_CUE = re.compile(r"\b(?:secu|securite sociale|nir|num(?:ero)? ss|n° ?ss|immatriculation cpam)\b[^\d]{0,25}$")

_FRENCH_IBAN = re.compile(r"(?<![a-z0-9])fr ?\d{2}(?:[ .\-]{0,2}[a-z0-9]){23}(?![a-z0-9])")
_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_BANK_CUE = re.compile(r"\b(?:iban|rib)\b(?: est| :|:| n°)? ?(?P<value>[a-z]{0,2} ?\d(?:[ .\-]?[a-z0-9]?\d){8,25})")

_RECORD = re.compile(
    r"\b(?:allocataires?|dossiers?|beneficiaire|usagere?|adherente?|assuree?|caf|msa|cpam|ameli|etranger|agdref|"
    r"foreign|"
    r"sejour|recepisse|passeport|identite|cni|demandeur d'emploi|emploi|france travail|fiscal|locataire|"
    r"ecrou|patiente?|permis|mdph|rsa|parquet|procedure|compte|contrat|client|aide sociale|matricule|identifiant)"
    r"(?: (?:de|du|d'|a la|rsa|caf|msa|mdph|aah|apl|ase|pcb|aide sociale|[a-z]{2,5}))?"
    r"(?: (?:de|du|d')? ?(?:mme|mr|madame|monsieur|la dame|(?:l'|mon |ma )(?:usagere?|beneficiaire|allocataire)))?"
    r" ?(?:\([a-z ]{2,12}\))? ?(?:(?:est|c'est|porte) ?(?:le )?)?(?::|=|,)? ?(?:n ?°|no\.?|num\.?|numero|ref\.?|"
    r"reference)? ?:? ?"
    r"(?P<value>[a-z]{0,3}[\-/]?\d[\d\-/.]*(?: \d{2,})*[a-z]{0,2})(?![\w%]| ?(?:euros?|eur\b|€|personnes|ans\b|"
    r"mois|%|k€))"
)
_YEARS = re.compile(r"^(?:19|20)\d{2}[\-/](?:(?:19|20)?\d{2})$| (?:19|20)\d{2}$")

_PLATE = re.compile(r"(?<![\w\-])[a-hj-np-tv-z]{2}(?P<s>[\- ]?)\d{3}(?P=s)[a-hj-np-tv-z]{2}(?![\w\-])")
_OLD_PLATE = re.compile(r"(?<![\w\-])\d{1,4}[\- ]?[a-z]{2,3}[\- ]?(?:\d{2}|2[ab])(?![\w\-])")
_PLATE_CUE = re.compile(
    r"\b(?:immatricul\w+|plaques?|voiture|vehicule|scooter|moto|camion|fourgon|caravane)\b[^?!]{0,40}$"
)

_MONTH = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"janv\.?|fevr?\.?|avr\.?|juil\.?|sept\.?|oct\.?|nov\.?|dec\.?)"
)
_SPELT = (
    r"(?:premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"dix[- ](?:sept|huit|neuf)|vingt(?:[- ](?:et[- ]un|deux|trois|quatre|cinq|six|sept|huit|neuf))?|"
    r"trente(?:[- ]et[- ]un)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMERIC_DATE = (
    rf"(?:{_DAY} ?[/.\- ] ?(?:0?[1-9]|1[0-2]) ?[/.\- ] ?(?:(?:19|20)\d{{2}}|\d{{2}})|(?:19|20)"
    rf"\d{{2}}[/.\-]\d{{2}}[/.\-]\d{{2}})"
)
_GLUED_DATE = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}"
_WRITTEN_DATE = (
    rf"(?:(?:1er|{_DAY}|{_SPELT}) ?{_MONTH}(?:,? ?(?:(?:19|20)\d{{2}}|'?\d{{2}}\b(?! ?(?:ans|euros|h\b))))?)"
)
_SHORT_DATE = rf"{_DAY}[/.](?:0[1-9]|1[0-2])(?![/.\d])"
_MONTH_DATE = rf"(?:{_MONTH} ?(?:19|20)\d{{2}}(?:,? le (?:1er|{_DAY})\b)?|(?:0?[1-9]|1[0-2])/(?:19|20)\d{{2}})"
_ANY_DATE = rf"(?:{_NUMERIC_DATE}|{_WRITTEN_DATE}|{_GLUED_DATE}|{_SHORT_DATE})(?![\d/])"
_BORN = (
    r"(?<!\bon )(?<!\bje )(?<!\bil )(?<!elle )(?<!\bils )(?<!elles )(?<!nous )(?<!vous )\bnee?s?(?:\(e\)|\.e|-e|·e)?"
)
_IN_A_PLACE = r"(?: (?:a|au|aux|en) [^\d.;?!:]{2,30}?)?"
_BIRTH = re.compile(
    rf"(?:{_BORN}{_IN_A_PLACE} ?,?:? ?(?:(?:le|un|du|c'etait le|le :|depuis le)(?: (?:lundi|mardi|mercredi|jeudi|"
    rf"vendredi|samedi|"
    rf"dimanche))? )?"
    rf"|\b(?:date|jour) de (?:sa |leur |ma )?naissance(?: de [^\d.;?!]{{1,25}})?[ :,=]*(?:est )?(?:(?:le|du) )?"
    rf"|\b(?:ddn|d\.d\.n\.?|dn|dob|naissance|anniversaire)[ :,=(]*(?:est )?(?:(?:le|au|du) )?)(?P<date>{_ANY_DATE})"
)
_BIRTH_AFTER = re.compile(rf"(?P<date>{_NUMERIC_DATE}) ?[(,]? ?(?:date de naissance|ddn)\b")
_BIRTH_MONTH = re.compile(
    rf"(?:{_BORN}{_IN_A_PLACE} ?(?:en |le |: ?|depuis )?|\bnaissance ?:? ?(?:en )?)(?P<date>{_MONTH_DATE})(?![\d/])"
)
_THING_BORN = re.compile(
    r"\b(?:dispositifs?|projets?|associations?|fiches?|lois?|mesures?|demarches?|pratiques?|idees?|programmes?|plans?|"
    r"collectifs?|groupes?|experimentations?|services?|actions?|structures?|reseaux?|reseau|initiatives?|methodes?|"
    r"lieux?|maisons?|centres?|tiers-lieux?|cooperatives?|entreprises?|polices?|rapports?|chartes?|politiques?|"
    r"conferences?|espaces?|federations?|fondations?|unions?|aides?|prestations?|allocations?|rsa|revenus?|ateliers?)\b"
)
_SOMEONE = re.compile(
    r"\b(?:elle|il|lui|son|sa|mon|ma|mme|mr|mlle|monsieur|madame|mademoiselle|jeune|enfant|bebe|fils|fille|garcon|"
    r"usagere?|beneficiaire|patiente?|residente?|mere|pere|personne|je|dame|homme|femme)\b"
)

_STREET = (
    r"(?:rue|r\.|avenue|av\.?|ave\.?|boulevard|bd\.?|bld\.?|blvd\.?|boul\.?|impasse|imp\.?|allees?|all\.?|chemin|"
    r"chem\.?|che\.?|route|rte\.?|"
    r"square|sq\.?|residence|res\.?|lotissement|lot\.?|hameau|lieu[- ]dit|faubourg|fbg\.?|fg\.?|sentier|sente|"
    r"esplanade|"
    r"promenade|venelle|ruelle|traverse|rond[- ]point|chaussee|corniche)"
)
_LOOSE_STREET = (
    r"(?:place|pl\.?|cours|cite|passage|villa|domaine|quartier|voie|quai|cour|clos|mail|montee|parvis|tour|mas)"
)
_NUMBER = r"(?<![\d.,/°])(?:n ?° ?)?\d{1,4}(?: ?(?:bis|ter|quater|[a-d]))?(?:[\-/]\d{1,4})?(?![\d])"
_LINK = (
    r"(?:de|du|des|de la|de l'|d'|la|le|les|l'|aux|au|a|et|en|sur|sous|dit|st|ste|saint|sainte|general|gal|docteur|"
    r"dr|mal|marechal|abbe|president|pdt|commandant|cdt|colonel|capitaine)"
)
_TOWN = r"(?:,? ?(?:-|a|cs \d+|bp \d+)? ?\d{5}(?!\d)(?: (?P<t>[^\W\d_][^\W\d_'\-]*(?:[\- '][^\W\d_]+){0,4}))?)"
_ADDRESS = re.compile(rf"{_NUMBER},? ?(?:,? )?(?:{_STREET}|(?P<loose>{_LOOSE_STREET}))(?=[ '])")
_UNNUMBERED = re.compile(
    r"\b(?:habit(?:e|ait|ant)|vi(?:t|vait|vant)|log(?:e|ee|eait)|resid(?:e|ait|ant)|demeur(?:e|ait|ant)|"
    r"domicili\w+|heberge\w*|"
    r"adresse(?: est)?|sdf|installee?|chez (?:elle|lui|eux)|logement)"
    rf" ?(?:,|:|est|actuellement|maintenant|seule?|situee?|au|a la|a l'|dans la|dans l'|a|dans|sur|"
    rf"en)*[ :,]*(?={_STREET}[ '])"
)
_NUMBER_AFTER = re.compile(
    r" ?,? (?:au |n ?° ?|numero |au n ?° ?|au numero )\d{1,4}(?: ?(?:bis|ter))?\b(?! ?(?:ans|mois|euros|enfants))"
)
_BUILDING = (
    r"(?:(?:bat(?:iment)?|bt|immeuble|imm|esc(?:alier)?|entree|porte|etage|tour|hall|bloc|cage|apt|appt?|"
    r"appart(?:ement)?|logement|lgt|boite)"
    r"\.? ?(?:n ?° ?)?(?:[a-z]?\d{1,4}[a-z]?|[a-z])\b(?! ?(?:pieces?|chambres?|ans))|\d(?:er|e|eme|nd)"
    r" etage(?: (?:gauche|droite))?|chez (?:m|mme|mr)\.? [^\W\d_]+)"
)
_BUILDINGS = re.compile(rf"(?: ?[,\-] ?| ){_BUILDING}")
_FLAT = re.compile(
    r"(?<!\w)(?:(?:bat(?:iment)?|bt|esc(?:alier)?|entree|hall|tour)\.? ?[a-z0-9]{1,3}\b[ ,]*){0,2}"
    r"(?:appt|apt|appart(?:ement)?)\.? ?(?:n ?° ?)?\d{1,4}\b(?! ?(?:pieces?|chambres?|euros|m2|personnes))"
)
_ORGANISATION_BEFORE = re.compile(
    r"\b(?:conseil|comite|caisse|direction|cour|ccas|cias|caf|mairie|mdph|mission locale|association|siege|"
    r"ministere|prefecture|sous-prefecture|tribunal|maison|centre|mds|"
    r"hopital|ehpad|foyer|chrs|hcts|epicerie|creche|ecole|college|lycee|agence|antenne|permanence|locaux|local|"
    r"bureaux?|"
    r"restos?|secours|departement|structure|service|accueil de jour|tiers-lieu|siao|cada|pole emploi|"
    r"france travail|udaf|cpam|"
    r"bibliotheque|mediatheque|gymnase|stade|institut|irts)\b[^.?!;\d]{0,40}$"
)
_HOME_BEFORE = re.compile(
    r"\b(?:habit\w+|vi(?:t|vait|vant|vent)|loge\w*|resid\w+|demeur\w+|domicil\w+|heberge\w*|chez|mme|mr|monsieur|"
    r"madame|son|sa|famille|usagere?|beneficiaire)\b[^.?!;]{0,60}$"
)


def find_marks(text: CaseText) -> Iterator[PersonalSpan]:
    """The numbers, addresses and dates of a text that identify a person; those that come first win over the rest."""
    yield from _emails(text)
    yield from _bank_accounts(text)
    yield from _security_numbers(text)
    yield from _birth_dates(text)
    yield from _phones(text)
    yield from _records(text)
    yield from _plates(text)
    yield from _addresses(text)


def _emails(text: CaseText) -> Iterator[PersonalSpan]:
    for found in _EMAIL.finditer(text.folded):
        if not _ROLE_MAILBOX.match(found[0]):
            yield text.span(found.start(), found.end(), PersonalKind.EMAIL)


def _bank_accounts(text: CaseText) -> Iterator[PersonalSpan]:
    for found in _FRENCH_IBAN.finditer(text.folded):
        yield text.span(found.start(), found.end(), PersonalKind.BANK_ACCOUNT)
    for found in _IBAN.finditer(text.folded):
        from stdnum import iban  # imported where a number looks like one: most questions have none

        if iban.is_valid(found[0]):
            yield text.span(found.start(), found.end(), PersonalKind.BANK_ACCOUNT)
    for found in _BANK_CUE.finditer(text.folded):
        yield text.span(*found.span("value"), PersonalKind.BANK_ACCOUNT)


def _security_numbers(text: CaseText) -> Iterator[PersonalSpan]:
    for found in _SECURITY.finditer(text.folded):
        yield text.span(found.start(), found.end(), PersonalKind.SOCIAL_SECURITY)
    for found in _LOOSE_SECURITY.finditer(text.folded):
        digits = sum(c.isalnum() for c in found[0])
        if digits >= 7 and _SECURITY_CUE.search(text.folded, 0, found.start()):
            yield text.span(found.start(), found.end(), PersonalKind.SOCIAL_SECURITY)
        elif digits == 15:
            from stdnum.fr import nir

            if nir.is_valid(re.sub(r"[^\dab]", "", found[0]).upper()):
                yield text.span(found.start(), found.end(), PersonalKind.SOCIAL_SECURITY)


def _birth_dates(text: CaseText) -> Iterator[PersonalSpan]:
    for pattern in (_BIRTH_MONTH, _BIRTH, _BIRTH_AFTER):
        for found in pattern.finditer(text.folded):
            before = re.split(r"[.?!;]", text.folded[: found.start()])[-1]
            things = [t.end() for t in _THING_BORN.finditer(before)]
            people = [p.end() for p in _SOMEONE.finditer(before)]
            whole = pattern is not _BIRTH_MONTH or " le " in found["date"]
            of_a_thing = bool(things) and (not people or things[-1] > people[-1])
            if not of_a_thing and (whole or people or _SOMEONE.search(text.folded)):
                yield text.span(*found.span("date"), PersonalKind.BIRTH_DATE)


def _phones(text: CaseText) -> Iterator[PersonalSpan]:
    for found in _PAIRED_PHONE.finditer(text.folded):
        separators = re.findall(r"[./\-_]", found[0])
        if ("/" not in separators or separators.count("/") == 4) and not _is_service(found[0]):
            yield text.span(found.start(), found.end(), PersonalKind.PHONE)
    for found in _LOOSE_PHONE.finditer(text.folded):
        digits = re.sub(r"\D", "", found[0])
        dialled = digits[0] in "67" if len(digits) == 9 else digits[0] == "0" and digits[1] != "8"
        mobile = len(digits) == 10 and digits[:2] in ("06", "07")
        if mobile or (dialled and _PHONE_CUE.search(text.folded, max(0, found.start() - 60), found.start())):
            yield text.span(found.start(), found.end(), PersonalKind.PHONE)
    if _FOREIGN_PHONE.search(text.folded):
        from phonenumbers import PhoneNumberMatcher

        for match in PhoneNumberMatcher(text.folded, "FR"):
            if match.raw_string.startswith(("+", "00")):
                yield text.span(match.start, match.end, PersonalKind.PHONE)


def _is_service(number: str) -> bool:
    """Whether a French number is one that a service publishes (0 800…, 0 825…), which says nothing of a person."""
    from phonenumbers import NumberParseException, PhoneNumberType, number_type, parse

    services = (
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.UAN,
    )
    for region in _FRENCH_REGIONS:
        try:
            if number_type(parse(number, region)) in services:
                return True
        except NumberParseException:
            continue
    return False


def _records(text: CaseText) -> Iterator[PersonalSpan]:
    for found in _RECORD.finditer(text.folded):
        value = found["value"]
        if sum(c.isdigit() for c in value) >= 5 and not _YEARS.search(value):
            yield text.span(*found.span("value"), PersonalKind.RECORD_NUMBER)


def _plates(text: CaseText) -> Iterator[PersonalSpan]:
    for found in _PLATE.finditer(text.folded):
        cued = _PLATE_CUE.search(text.folded, 0, found.start())
        if cued or (found["s"] == "-" and text.typed(found.start(), found.end()).isupper()):
            yield text.span(found.start(), found.end(), PersonalKind.LICENCE_PLATE)
    for found in _OLD_PLATE.finditer(text.folded):
        if re.search(r"\b(?:immatricul\w+|plaques?)\b[^?!\d]{0,25}$", text.folded[: found.start()]):
            yield text.span(found.start(), found.end(), PersonalKind.LICENCE_PLATE)


def _street_name_end(text: CaseText, start: int, lower: bool) -> int:
    """The end of the name of a street that starts at `start`; `start` where there is none.

    `lower`: a name typed in lower case is taken, three words of it at most.
    """
    end, plain, last = start, 0, ""
    while True:
        gap = _STREET_LINKS.match(text.folded, end)
        at = gap.end() if gap else end
        found = _STREET_WORD.match(text.folded, at)
        if found is None or (end > start and "," in text.folded[end:at]) or found[0] in _AFTER_STREET:
            return end
        if not (text.typed(at, at + 1).isupper() and not text.shouted) and not found[0][0].isdigit():
            # « rue des lilas souffre »: everyday words after the name go on the sentence, but « rue du vieux moulin ».
            goes_on = at - end <= 1 and end > start and found[0] in word_list("common_words") and last not in _EPITHETS
            if not lower or plain == 3 or goes_on:
                return end
            plain += 1
        last = found[0]
        end = found.end()


_EPITHETS = frozenset(
    "grand grande petit petite vieux vieille beau belle haut haute bas basse deux trois quatre".split()
)
_STREET_LINKS = re.compile(rf"[ ,]{{0,2}}(?:{_LINK}(?: |(?<='))){{0,3}}")
_STREET_WORD = re.compile(r"[^\W\d_]+\.?(?:['\-][^\W\d_]+)*|\d{1,2}(?:er)? " + _MONTH + r"(?: \d{4})?")
_AFTER_STREET = frozenset(
    """est a et ou qui que avec pour dans chez depuis son sa ses il elle on je mon ma nous se ne n'a doit veut peut
    vit habite souhaite demande refuse va sont ont avait etait au aux en sur par sans mais car donc puis quel quelle
    comment quels quelles faut tel telephone appt apt bat batiment esc escalier code ne nee age agee suivi suivie
    hebergee heberge pas plus tres y pouvez peux puis-je voudrait aurait ainsi alors comme""".split()
)


def _addresses(text: CaseText) -> Iterator[PersonalSpan]:
    for found in _ADDRESS.finditer(text.folded):
        evidence = _HOME_BEFORE.search(text.folded, max(0, found.start() - 90), found.start())
        name = _street_name_end(text, found.end(), lower=found["loose"] is None or bool(evidence))
        end = _address_end(text, name)
        if name == found.end():
            continue
        organisation = _ORGANISATION_BEFORE.search(text.folded, max(0, found.start() - 60), found.start())
        if organisation and not re.search(r"\b(?:habit|vi[tv]|log[e]|resid|domicil|chez)", organisation[0]):
            continue
        capital = any(w.capital for w in text.words if found.end() <= w.start < name)
        if found["loose"] is None or evidence or end > name or (capital and "cours" not in found[0]):
            yield text.span(found.start(), end, PersonalKind.ADDRESS)
    for found in _UNNUMBERED.finditer(text.folded):
        street = re.compile(_STREET).match(text.folded, found.end())
        if street is None:
            continue
        name = _street_name_end(text, street.end(), lower=False)
        if name > street.end():
            yield text.span(found.end(), _address_end(text, name), PersonalKind.ADDRESS)
    for found in re.finditer(rf"\b{_STREET}(?=[ '])", text.folded):
        name = _street_name_end(text, found.end(), lower=False)
        end = _address_end(text, name)
        if name > found.end() and end > name and not re.search(r"\d ?$", text.folded[: found.start()]):
            yield text.span(found.start(), end, PersonalKind.ADDRESS)
    for found in _FLAT.finditer(text.folded):
        yield text.span(found.start(), found.end(), PersonalKind.ADDRESS)


def _address_end(text: CaseText, end: int) -> int:
    """Where an address ends whose street ends at `end`: its number, its building, its post code and town."""
    after = _NUMBER_AFTER.match(text.folded, end)
    end = after.end() if after else end
    while (more := _BUILDINGS.match(text.folded, end)) is not None:
        end = more.end()
    town = re.compile(_TOWN).match(text.folded, end)
    if town is None:
        named = re.compile(r",? (?:a|-) (?P<t>[^\W\d_]+(?:[\- '][^\W\d_]+)*)").match(text.folded, end)
        if named is None:
            return end
        kept = _town_end(text, named.start("t"), named.end("t"))
        return kept if kept > named.start("t") else end
    if town["t"] is None:
        return town.end()
    kept = _town_end(text, town.start("t"), town.end("t"))
    return kept if kept > town.start("t") else town.start("t") - 1


def _town_end(text: CaseText, start: int, end: int) -> int:
    """The end of the name of a town: its words typed with a capital, or the first word where none is."""
    inside = [w for w in text.words if start <= w.start < end]
    kept = start
    for place, word in enumerate(inside):
        if not word.capital and not (place == 0 and word.text not in _AFTER_STREET) and word.text not in _TOWN_LINKS:
            break
        if word.text not in _TOWN_LINKS:
            kept = word.end
        if place == 0 and not word.capital and "-" in word.text:
            break
    return kept


_TOWN_LINKS = frozenset("le la les en sur sous de du des l saint sainte st ste cedex".split())
