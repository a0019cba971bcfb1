"""Names of persons in a case: what announces a person (a title, a kinship, an age) tells them from authors and places.

A name is taken for a person's where something beside it says so; names that the report, its authors, places and
organisations bear are left alone unless a kinship or « s'appelle » says that they are somebody's here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from assistant.personal.text import CaseText, PersonalKind, PersonalSpan, Word, word_list
from vectorstore.tokens import FRENCH_STOP_WORDS


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


_PARTICLES = _words(
    "de du d des da do dos di del della van von der den el al ben ait abd abou ould bint le la les st saint n"
)
_BOUND_PARTICLES = _words("da do dos di del della van von der den el al ben ait abd abou ould bint st")
_FUNCTIONS = _words(
    """president presidente vice-president vice-presidente maire prefet prefete sous-prefet sous-prefete directeur
    directrice ministre juge procureur procureure depute deputee senateur senatrice conseiller conseillere adjoint
    adjointe medecin docteur docteure professeur professeure inspecteur inspectrice defenseur defenseure chef
    cheffe responsable secretaire commissaire gendarme proviseur proviseure principal principale tresorier
    rapporteur rapporteure delegue deleguee ambassadeur avocat avocate notaire greffier greffiere recteur rectrice
    doyen coordinateur coordinatrice educateur educatrice assistant assistante referent referente"""
)
_NOBODY = _words(
    """mme mmes mlle mr mrs dr monsieur madame mademoiselle messieurs mesdames docteur maitre bonjour nom prenom prenoms
    adresse tel untel unetelle un-tel une-telle machin machine truc trucmuche bidule chose lambda tartempion
    tout-le-monde anonyme"""
)
_ACRONYMS = _words(
    """aad aah act adil ads aed aeeh aemo aesh afpa ags anah anef ansa ansm apa apl ares ars as asap ase asll ass assfam
    atd avdl avs bafa bep bpi caarud cada caf cafat cap carsat cas casf ccas cd cdad cdd cdef cdi cesf chrs chs
    chu cias ciase cimade cipdr clas clic cmp cmpp cms cmu cnaf cnil cnle cnsa cpam cpe cpom crip crous csapa cse
    csf css cths dac dalo das ddcs ddets deas deejs dees des dgcs dpo drees dreets dsd dt eaje ehpad eje eme
    emploi eps es esat eshet ess ets faj fle flora fnars fni fpe frc fsl ft gem gip hcts hlm hpst huda ide igas
    ime iml insee ip irts itep ivg jaf jap je laep lep lgbt lhss lsf maia maif mas mdph mds mecs mjagbf mjpm mna
    msa msap msp oms ong onpe oqtf pag pap pcb pch pcpe pea pjj ple plie pmi pmr ppe pps psc psh pta qpv raash
    rashe reaap rgpd rmi rpe rqth rsa rsi saas sad sae samsah samu sap savs scp sdf seg segpa sessad shs siao sie
    sip smic spip ssiad ssr stg tdah tisf tpe ts tsa udaf ueat uemo ueros ulis unaf urssaf vae vif vih vsl zfu zup"""
)
PLACES = _words(
    """
    france paris lyon marseille lille nantes rennes bordeaux toulouse nice strasbourg montpellier reims grenoble dijon
    angers toulon saint-etienne saint-denis havre mans brest limoges tours amiens metz perpignan besancon orleans
    rouen caen nancy mulhouse avignon poitiers pau bayonne bourges annecy chambery valence troyes laval vannes
    lorient quimper dunkerque calais roubaix tourcoing creteil bobigny nanterre versailles evry cergy argenteuil
    montreuil villeurbanne ain aisne allier ardeche ardennes ariege aube aude aveyron calvados cantal charente
    charente-maritime cher correze corse cote-d'or cotes-d'armor creuse dordogne doubs drome eure finistere gard
    gers gironde herault ille-et-vilaine indre indre-et-loire isere jura landes loir-et-cher loire haute-loire
    loire-atlantique loiret lot lot-et-garonne lozere maine-et-loire manche marne haute-marne mayenne
    meurthe-et-moselle meuse morbihan moselle nievre nord oise orne pas-de-calais puy-de-dome pyrenees
    pyrenees-atlantiques rhin bas-rhin haut-rhin rhone haute-saone sarthe savoie haute-savoie seine-maritime
    seine-et-marne yvelines deux-sevres somme tarn tarn-et-garonne var vaucluse vendee vienne haute-vienne vosges
    yonne essonne hauts-de-seine seine-saint-denis val-de-marne val-d'oise guadeloupe martinique guyane reunion
    mayotte bretagne normandie occitanie alsace lorraine picardie bourgogne auvergne aquitaine limousin provence
    ile-de-france paca hauts-de-france grand-est nouvelle-aquitaine outre-mer europe afrique asie algerie maroc
    tunisie mali senegal guinee congo cameroun syrie afghanistan ukraine roumanie albanie georgie turquie portugal
    espagne italie belgique suisse canada quebec allemagne angleterre haiti comores madagascar"""
)

_TITLE = re.compile(
    r"(?<!\w)(?P<title>m\.|mrs?\b\.?|mmes?\b\.?|mlles?\b\.?|melle\b\.?|mle\b\.?|dr\b\.?|me\b\.?|m\b|monsieur\b|"
    r"madame\b|"
    r"mademoiselle\b|messieurs\b|mesdames\b|docteure?\b|maitre\b)"
    r"(?P<more> ?(?:et|ou|&|/) ?(?:m\.|mr\b\.?|mme\b\.?|mlle\b\.?|monsieur\b|madame\b))? *[«\x22]? ?(?=[^\W\d_])"
)
_LAW = re.compile(
    r"\b(?:loi|rapport|amendement|circulaire|reforme|plan|mission|rue|avenue|fondation|prix|methode) (?:de |du |d')?$"
)
_OFFICE = (
    r"(?:ministre|secretaire d'etat|deputee?|senat(?:eur|rice)|maire|prefete?|president|presidente|sociologue|"
    r"philosophe|auteure?|chercheu(?:r|se)|defenseure? des droits|haut[- ]commissaire)"
)
_OFFICE_BEFORE = re.compile(rf"\b{_OFFICE}(?: [a-z'\-]+){{0,4}},? ?$")
_OFFICE_AFTER = re.compile(
    rf" ?[,(] ?(?:alors |actuelle?(?:ment)? |la |le |l'|ex-|ancien(?:ne)? |premier |premiere |"
    rf"vice-)*(?:{_OFFICE}\b|directeur general|directrice generale|"
    r"professeure? (?:a|de|des|en)\b|psychiatre et|conseillere? departementale?)"
)

_KIN = (
    r"(?:beneficiaires?|usageres?|usagers?|patiente?s?|residente?s?|allocataires?|fils|filles?|enfants?|bebes?|"
    r"garcons?|"
    r"fillettes?|gamine?s?|gosses?|mome|freres?|soeurs?|frangine?|frangin|mari|femme|epouse|epoux|conjointe?|"
    r"concubine?|compagnes?|compagnons?|"
    r"copains?|copines?|ex|ex-mari|ex-femme|ex-conjoint|ex-compagnon|mere|pere|maman|papa|beau-pere|belle-mere|"
    r"beau-fils|belle-fille|belle-soeur|"
    r"beau-frere|grand-mere|grand-pere|mamie|papi|papy|mami|oncle|tante|tonton|tata|neveux?|niece|cousine?s?|"
    r"amie?s?|voisine?s?|collegue|"
    r"stagiaire|cliente?|protegee?|jeunes?|ado|ados|adolescente?s?|monsieur|dame|jumeaux|jumelles|tuteur|tutrice|"
    r"curateur|curatrice|petite?s?|"
    r"locataire|personne|referente?|educatrice|educateur|educ|assistante? sociale?|as|psychologue|psy|"
    r"medecin(?: traitant)?|avocate?|"
    r"assistante? familiale?|assistante? maternelle?|nounou|benevole|etudiante?|eleve|mineure?|mna|demandeu(?:r|se)"
    r" d'asile|refugiee?|"
    r"hebergee?|accompagnee?|aine|ainee|cadet|cadette|benjamin|benjamine|nourrisson|fratrie|couple|parents|homme|"
    r"migrante?|detenue?|chef(?:fe)?|proprietaire|bailleur|maitresse|instit|professeure?|prof|aidante?)"
)
_KIN_MORE = (
    r"(?:(?: (?:aine|ainee|cadet|cadette|unique|majeure?|mineure?|handicapee?|placee?|dernier|derniere|premier|"
    r"premiere|petite?|grande?|"
    r"isolee?|sourde?|autiste|traitant|prefere|preferee|actuelle?|commune?s?|jumeau|jumelle|agee?|biologique|"
    r"paternelle?|maternelle?|"
    r"alcoolique|enceinte|toxicomane|malade|hebergee?|accompagnee?|suivie?|de la famille|sdf|rsa|autonome|principale?))"
    r"|(?:,? ?\(?(?:agee? )?(?:de |d')?(?:\d{1,3}|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze) (?:ans|"
    r"mois|semaines|jours)(?: et demie?)?\)?))*"
    r"(?:,? (?:qui )?(?:s'appelle|se nomme|se prenomme|nommee?|prenommee?|denommee?|du nom de|du prenom de|c'est)|"
    r" ?est)?"
)
_KINSHIP = re.compile(
    rf"(?<!\w)(?P<det>mon|ma|mes|son|sa|ses|leurs?|notre|nos|votre|vos|ton|ta|tes|un|une|deux|trois|quatre|les|le|"
    rf"la|l'|d'|cet|cette|ces|ce|du|petite?)(?: |(?<='))"
    rf"(?:petite?s? |jeunes? |ancien(?:ne)? |nouvel(?:le)? |autres? |pauvre |cher |chere |grande? |deux |trois |"
    rf"quatre |vieille? |premier |premiere )*"
    rf"(?P<kin>{_KIN})(?![\w'\-]){_KIN_MORE}(?P<sep> ?[,:(«\"-] ?| )[«\"]? ?(?=[^\W\d_])"
)
_FAMILY = re.compile(
    r"\b(?:familles?|couple|epoux|consorts|fratrie|freres|soeurs|enfants|parents|menage|jumeaux|grands-parents|"
    r"chez les|les)(?: de)? (?=[^\W\d_])"
)
_NAMED = re.compile(
    r"(?:\bs[' ]appel(?:le|lent|lait|ait)|\bse (?:pre)?nomm(?:e|ait)|(?<!\w)(?:pre|de|sur)?nommee?s?|\bdu nom de|"
    r"\bau nom de|\brepond au (?:pre)?nom de"
    r"|\b(?:pre)?nom(?: de famille)?(?: de (?:la |l'|mon |ma |son |sa )?[a-z]+)?(?: ?[:=]| est| c'est))"
    r" ?:?,? ?[«\"]? ?(?=[^\W\d_])"
)
_THING = re.compile(
    r"\b(?:dispositifs?|projets?|associations?|fiches?|lois?|methodes?|outils?|programmes?|structures?|services?|"
    r"lieux?|"
    r"applications?|logiciels?|sites?|centres?|maisons?|foyers?|demarches?|pratiques?|groupes?|ateliers?|collectifs?|"
    r"experimentations?|rapports?|actions?|plans?|cafes?|epiceries?|resea?ux?|entreprises?|aides?|conferences?|comment|"
    r"professionnel(?:le)?s?|trucs?|mesures?|approches?|concepts?|ca|cela|villes?|communes?)\b[^.?!]{0,50}$"
)
_SELF = re.compile(
    r"(?:\bje m'appelle|\bmon nom est|\bmoi,? c'est|\bje me (?:pre)?nomme|\bje me presente ?[:,]?|"
    r"\b(?:bien )?cordialement ?[,.\n!]?"
    r"|\bsigne ?:?|\bbien a vous ?,|\bje suis|\bje,? soussignee?,?|\bici|\bde la part de|\bc'est|"
    r"\bmerci d'avance ?[,.]|\bmerci ?,)"
    r" (?=[^\W\d_])"
)
_SELF_WEAK = re.compile(r"(?:je suis|ici|c'est|merci(?: d'avance)? ?[,.]?|de la part de) $")
_ADJECTIVE = re.compile(r"(?:ee|ante|ente|ale|ive|euse|ienne|aise|aine|elle|trice|ique|iste|[aiu]ble|ise|ite|ie)s?$")
"""Endings of feminine adjectives: « la famille endeuillée » is not named so."""
_MAIDEN = re.compile(r"\bnee (?=[^\W\d_])")

_LEFT = re.compile(
    r"(?:\b(?:aide[rz]?|aidons|accompagne[rz]?|accompagnait|suivre|suivons|orienter?|rencontre[rz]?|recevoir|recu|"
    r"recue|recevons|recois|heberger?|"
    r"reloger?|proteger?|convaincre|placer|soutenir|rassurer|motiver|inscrire|signaler|concernant|a propos de|"
    r"j'accompagne|je suis|nous suivons|"
    r"visite (?:a|chez)|confiee? a|confier|rendu visite a|propose a|proposer a|conseiller a|dire a|parler a|"
    r"parler avec|parler de|rdv avec|rendez-vous avec|entretien avec)"
    r"|\b(?:situation|dossier|cas|suivi|accompagnement|placement|audience|domicile|demande|retour|education|dettes|"
    r"logement|appartement|expulsion|"
    r"tutelle|curatelle|mesure|parents|mere|pere|maman|papa|fils|fille|enfants|freres?|soeurs?|mari|femme|"
    r"compagnon|compagne|conjoint|tante|oncle|grand-mere|ami|amie|"
    r"histoire|parcours|scolarite|sante|anniversaire|hospitalisation|addiction|budget|anonymat|prenom|compte|bebe|"
    r"grossesse|difficultes|droits|garde|comportement|fugues?|audition) (?:de|d'|du petit|de la petite|"
    r"de mon usager|chez)) ?$"
)
_KIN_OF = re.compile(rf"(?<![\w\-]){_KIN} (?:de |d')$")
_STRONG_LEFT = re.compile(
    r"\b(?:j'(?:accompagne|heberge|aide|ai recu|ai rencontre|ai vu)|nous (?:accompagnons|suivons|hebergeons)|"
    r"je (?:recois|rencontre|suis)|(?:situation|dossier|cas|suivi|placement) (?:de|d')|"
    r"que (?:je suis|j'accompagne|nous suivons),?) ?$"
)
_AGED = re.compile(
    r" ?,? ?\(? ?(?:\d{1,2} ?(?:ans|mois)\b|agee? ?(?:de |d'|:)? ?\d|nee?s?\b ?:? ?(?:en |le |a |au |\d)|"
    r"(?:\d\d[/.]){2}\d)"
)
_RIGHT = re.compile(
    r"(?: ?,? ?qui)? (?:vit|habite|dort|fugue|refuse|ne (?:veut|va|peut|parle|dort|mange|sort|touche|vient|repond|"
    r"supporte|sait)|n'a (?:plus|pas|ni|jamais|aucun)|"
    r"est (?:tres |en (?:foyer|couple|conflit|situation irreguliere|fugue|rupture|danger|prison|garde|crise|deuil)|"
    r"au (?:chomage|rsa)|a la rue|"
    r"suivie?|placee?|hebergee?|sans|enceinte|malade|expulsee?|menacee?|sous|seule?|isolee?|hospitalisee?|"
    r"incarceree?|sortie?|endettee?|scolarise|"
    r"victime|handicapee?|sourde?|aveugle|autiste|alcoolique|deprimee?|arrivee?|decedee?|mort|partie?|mineure?|"
    r"retraite)|"
    r"a (?:\d|perdu|quitte|besoin|peur|frappe|fugue|rompu|subi|arrete|fait une|deux|trois|quatre|rechute|"
    r"ete (?:place|expuls|hospitalis|incarcer|agress|frapp|viol|abus|vue?|exclu|licenci))|"
    r"touche|percoit|souffre|boit|pleure|consomme|fume|frappe|vole|menace|insulte|"
    r"et [a-z\-]+ (?:se (?:separ|disput|dechir)|sont (?:separ|place|en |sans|heberg|a la rue)|vivent|dorment|"
    r"veulent)|et (?:ses|son|sa) (?:(?:deux|trois|quatre|cinq|\d) )?(?:enfants?|fils|filles?|mari|femme|conjointe?|"
    r"compagn))"
    r"|(?: et [a-z\-]+)? ?[,(] ?(?:une? |jeune |actuellement |deux |trois |mes |ses )?(?:mineurs|freres|soeurs|"
    r"jumeaux|enfants|sdf|sans[- ](?:domicile|abri|papiers|logement|ressources|emploi)|"
    r"victime|beneficiaire|allocataire|mineure?\b|veu(?:f|ve)\b|"
    r"divorcee?|celibataire|mere (?:de|isolee|seule|celibataire)|pere (?:de|isole|seul)|maman (?:de|solo|isolee)|"
    r"papa (?:de|solo)|retraitee?|en (?:fugue|rupture|hebergement)|au (?:rsa|chomage)|femme de|"
    r"enceinte|atteinte? d|placee?|hebergee?|suivie?|handicapee?|malade|hospitalisee?|expulsee?|surendettee?|"
    r"migrante?|refugiee?|usagere?|residente?|habitante?|locataire)"
)
_NARRATIVE = re.compile(
    rf"\b(?:mon|ma|son|sa|notre|cette|cet|ce) (?:petite? |jeune |ancien(?:ne)? )?{_KIN}\b|\bj'accompagne\b|"
    rf"\bj'ai recu\b|\bje (?:recois|rencontre|reçois)\b|"
    r"(?:,|\(|\bagee? de|\ba|\bde) ?\d{1,2} ?(?:ans|mois)\b(?! d'experience| d'existence)|\b(?:elle|il) (?:est|a|"
    r"vit|ne|n'|veut|refuse|habite|dort|touche|boit|doit|s'|se|m')|"
    r"\b(?:que faire|comment (?:aider|accompagner|reagir|proteger|l'aider|lui))\b|\bnee? (?:le|en|a)\b|"
    r"\bj'ai (?:un|une) (?:usagere?|beneficiaire|situation|jeune|famille|patiente?)\b|"
    r"\bsuivie? (?:par|a|au|en|depuis)\b|\bplacee? (?:a|en|chez|au|depuis)\b|\bhebergee? (?:a|au|en|chez|dans|par|"
    r"depuis)\b|\b(?:ses|son) (?:trois |deux |quatre |\d )?(?:enfants?|logement|loyer|dossier|rsa|aah)\b|"
    r"\b(?:expuls|surendett|incarcer|hospitalis)(?:ee?|ion)\b|"
    r"\b(?:l'(?:aider|accompagner|orienter|heberger|inscrire|loger)|lui (?:proposer|trouver|dire|parler|expliquer|"
    r"conseiller))\b|\bvictime de (?:violences?|viol)"
)
_ORGANISATION = re.compile(
    r"\b(?:institut|lycee|college|ecole|fondation|hopital|chu|chrs|chr|ehpad|foyer|residence|rue|place|avenue|"
    r"boulevard|centre|maison|"
    r"association|clinique|stade|gymnase|bibliotheque|mediatheque|creche|espace|prix|plan|loi|rapport|mission|"
    r"comite|dispositif|programme|"
    r"projet|methode|fiche|ligne|hotel|station|gare|pont|quartier|cite|universite|amphi|salle|groupe scolaire|"
    r"syndrome|maladie|echelle|test|"
    r"complexe|theoreme|effet|reseau|collectif|ime|itep|esat|mecs|impasse|allee|square|parc|pole|unite|pavillon|"
    r"village|villa|tour|theatre|cafe|"
    r"restaurant|librairie|cinema|musee|campus|faculte|abbe|saint|sainte|accord|accords|amendement|decret|arrete|"
    r"jurisprudence|arret|circulaire|conservatoire|maternelle|elementaire|cercle|club|secteur|site|mecs|ssiad|"
    r"samsah|savs|csapa|cmp|cmpp|caarud|application|logiciel|outil)"
    r"(?: (?:[a-z]{2,}(?<!est)(?<!que)(?<!pour)(?<!avec)(?<!chez)) ?(?:d')?){0,2} ?(?:de |d'|du |des |la |"
    r"le )?[«\"]? ?$"
)
_AUTHOR_BEFORE = re.compile(
    r"\b(?:theories?|concepts?|notions?|approches?|methodes?|pedagogies?|pensee|travaux|livres?|ouvrages?|"
    r"articles?|textes?|ecrits?|theses?|"
    r"roman|film|auteure?s?|sociologues?|philosophes?|psychanalystes?|chercheurs?|chercheuses?|historien(?:ne)?|"
    r"anthropologue|pedagogue|ecrivain(?:e)?|"
    r"economiste|psychiatre americain|modele|definition|sens|citation|fondat(?:eur|rice)|ministre|president|cite|"
    r"citee|cites|definie? par|"
    r"theorisee? par|ecrit par|redigee? par|inventee? par|creee? par|dirigee? par|portee? par|selon|d'apres|"
    r"comme (?:dit|l'ecrit|le dit|l'explique)|lire|lu|utiliser|inspiree? (?:de|par)|"
    r"analyse|vision|idees?|propos|dit|pense|propose|ecrit|entend|appelle|affirme|explique|evoque|chanson|chanteur|"
    r"acteur|actrice|celebre|these|references? a|"
    r"groupe de travail|equipe|direction) ?(?:de |d'|du |par |chez |a )?(?:m\.|mme|mr|monsieur|madame)? ?$"
)
_CITED_BEFORE = re.compile(
    r"\b(?:selon|d'apres|dit|pense|propose|ecrit|entend|appelle|affirme|explique|evoque|lire|lu) ?$"
)
_AUTHOR_AFTER = re.compile(
    r"(?: ?\(? ?(?:19|20)\d\d\b| (?:a |ont )?(?:ecrit|theorise|definit|defini|fonde|invente|dirige|redige|cree|"
    r"publie|developpe)\b| (?:et al|dans son (?:livre|ouvrage|rapport|article))|"
    r" (?:dit|pense|definit|propose|defend|affirme|decrit|entend|nomme)(?:-t-(?:il|elle)|-elle|-il)?\b|"
    r" ?[,(] ?(?:le |la |l'|un |une )?(?:sociologue|philosophe|psychanalyste|chercheu|auteur|historien|"
    r"anthropologue|economiste|psychologue americain|fondat|ministre|doctorant))"
)
_NEXT = re.compile(
    r"(?: ?[,(/&+] ?(?:et )?| et )(?:de |d'|(?:son |sa |leur |le |la )(?:petite? |grande? )?(?:frere|soeur|fils|"
    r"fille|mari|femme|conjoint|conjointe|compagnon|ex|mere|pere) )?(?=[^\W\d_])"
)
_VERB_SUFFIX = re.compile(r"-(?:t-)?(?:il|elle|on|je|vous|nous|ils|elles|ce|y|en|la|le|les|moi|lui|toi|ci|tu|leur)$")


@dataclass(frozen=True, slots=True)
class _Found:
    """A name: its first word, and the one after its last."""

    first: int
    after: int


def find_names(text: CaseText, public_names: Set[str], in_case: bool) -> Iterator[PersonalSpan]:
    """The names of persons in a text; `in_case`: other personal data already say that it tells a case."""
    reader = _Reader(text, public_names, in_case or bool(_NARRATIVE.search(text.folded)))
    yield from reader.spans()


class _Reader:
    """Reads the names of one text."""

    def __init__(self, text: CaseText, public: Set[str], narrative: bool) -> None:
        self._folded = text.folded
        self._text = text
        self._words = text.words
        self._public = public
        self._narrative = narrative
        self._starting = {w.start: i for i, w in enumerate(text.words)} | {
            w.elided: i for i, w in enumerate(text.words)
        }

    def spans(self) -> Iterator[PersonalSpan]:
        found = [*self._titled(), *self._kin(), *self._families(), *self._called()]
        # A person already named tells a case, in which a lone first name is somebody's too.
        self._narrative = self._narrative or bool(found)
        found += self._bare()
        taken = {i for f in found for i in range(f.first, f.after)}
        for f in found:
            yield self._span(f.first, f.after)
        names = {self._words[i].text for i in taken} - _PARTICLES
        for i, word in enumerate(self._words):
            if i not in taken and word.text in names and self._repeated(word):
                yield self._span(i, i + 1)

    def _repeated(self, word: Word) -> bool:
        if (
            len(word.text) < 3
            or word.text in PLACES
            or _ORGANISATION.search(self._folded, max(0, word.elided - 60), word.elided)
        ):
            return False
        return word.capital or not _is_common(word.text)

    def _span(self, first: int, after: int) -> PersonalSpan:
        head = self._words[first]
        own = head.elided if self._folded[head.elided : head.start] == "n'" else head.start
        return self._text.span(own, self._words[after - 1].end, PersonalKind.NAME)

    # What announces a name

    def _titled(self) -> Iterator[_Found]:
        for found in _TITLE.finditer(self._folded):
            at = self._starting.get(found.end())
            title = found["title"]
            typed = self._text.typed(*found.span("title"))
            if at is None or (found.end() == found.end("title") and not title.endswith(".")):
                continue
            word = self._words[at]
            must_be_capital = title in ("maitre", "me", "me.")
            if title == "m" and not (word.capital or self._unknown(word) or _is_listed(word.text)):
                continue
            if must_be_capital and not (typed[0].isupper() and (word.capital or self._text.shouted)):
                continue
            if title in ("m", "m.") and re.search(r"\d ?$", self._folded[: found.start()]):
                continue
            if word.elided < word.start and self._folded[word.elided : word.start] not in ("n'", "d'", "m'"):
                continue
            if word.elided < word.start and (
                not word.capital and (_is_common(word.text) or self._folded[word.elided] != "n")
            ):
                continue
            after = self._name(at, lower=True, any_capital=True)
            if after == at or self._of_office(found.start(), after):
                continue
            if _LAW.search(self._folded[: found.start()]):
                continue
            # Another's first name in the report does not make « Mme Martin » its.
            lone = after - at == 1 and _first_name(word)
            if not self._is_public(at, after) or ((lone or self._narrative) and not self._is_figure(at, after)):
                yield from self._with_next(at, after, kin=False)

    def _of_office(self, start: int, after: int) -> bool:
        return bool(
            _OFFICE_BEFORE.search(self._folded[:start]) or _OFFICE_AFTER.match(self._folded, self._words[after - 1].end)
        )

    def _kin(self) -> Iterator[_Found]:
        for found in _KINSHIP.finditer(self._folded):
            at = self._starting.get(found.end())
            if at is None:
                continue
            word = self._words[at]
            if word.elided < word.start and word.elided == found.end() and not _is_listed(word.text):
                continue
            own = found["det"] in ("mon", "ma", "mes", "son", "sa", "ses", "leur", "leurs", "notre", "nos", "ton", "ta")
            spaced = found["sep"] == " "
            listed = _first_name(word)
            if not word.capital and not (listed and not _is_common(word.text)):
                if not (own and spaced and self._unknown(word) and found["kin"][:6] in ("benefi", "usager", "patien")):
                    continue
            elif word.capital and not listed:
                two = at + 1 < len(self._words) and self._words[at + 1].capital and self._joined(at + 1)
                if not (spaced or two or _AGED.match(self._folded, word.end)) or self._no_person(word):
                    continue
                if found["det"] in ("les", "des", "ces", "un", "une", "l'") and word.text in self._public:
                    continue
                if word.upper and len(word.text) <= 4 and not _family_name(word) and not two:
                    continue
            if word.upper and word.text in self._public and not own:
                continue
            if (found["kin"], word.text) == ("pere", "noel"):
                continue
            after = self._name(at, lower=True, any_capital=False)
            if after > at and not (self._is_figure(at, after) and not own):
                yield from self._with_next(at, after, kin=True)

    def _families(self) -> Iterator[_Found]:
        for found in _FAMILY.finditer(self._folded):
            at = self._starting.get(found.end())
            if at is None or self._words[at].elided < self._words[at].start:
                continue
            word = self._words[at]
            typed_low = not word.capital and not self._text.shouted
            group = not found[0].startswith("famille")
            if (
                group
                and not found[0].startswith(("chez", "les"))
                and self._text.typed(found.start(), found.start() + 1).isupper()
                and word.capital
            ):
                continue
            many = group or found[0].startswith("familles") or found[0].endswith("de ")
            if typed_low and many and (_is_common(word.text) or not _is_listed(word.text)):
                continue
            if word.capital and self._no_person(word) and not _family_name(word):
                continue
            if typed_low and _ADJECTIVE.search(word.text) and not _is_listed(word.text):
                continue
            needs_list = found[0].endswith("de ") or found[0].startswith(("chez", "les"))
            if word.capital and needs_list and not _is_listed(word.text):
                continue
            after = self._name(at, lower=True, any_capital=False)
            if after > at and not (self._is_public(at, after) and not self._narrative):
                yield from self._with_next(at, after, kin=False)

    def _called(self) -> Iterator[_Found]:
        for found in _NAMED.finditer(self._folded):
            at = self._starting.get(found.end())
            if at is None or _THING.search(self._folded[max(0, found.start() - 60) : found.start()]):
                continue
            word = self._words[at]
            named = found[0].strip().startswith(("nomme", "au nom"))
            if not word.capital and named and not (_first_name(word) and not _is_common(word.text)):
                continue
            if word.capital and self._no_person(word):
                continue
            after = self._name(at, lower=True, any_capital=False)
            if after > at:
                yield from self._with_next(at, after, kin=False)
        for found in _SELF.finditer(self._folded):
            at = self._starting.get(found.end())
            if at is None:
                continue
            word = self._words[at]
            sure = not _SELF_WEAK.search(found[0])
            listed = _first_name(word) and not (_is_common(word.text) and not word.capital)
            after = self._name(at, lower=True, any_capital=False)
            full = after - at >= 2 and (word.capital or listed)
            if (
                after > at
                and not self._no_person(word)
                and (listed or (sure and word.capital))
                and (full or listed or sure)
            ):
                signed = "merci" not in found[0] or self._words[after - 1].end + 2 >= len(self._folded)
                about = found[0].startswith(("c'est", "ici")) and not full
                if signed and not about and not self._is_figure(at, after):
                    yield _Found(at, after)
        for found in _MAIDEN.finditer(self._folded):
            at = self._starting.get(found.end())
            if at is None or self._words[at].elided < self._words[at].start:
                continue
            word = self._words[at]
            low = not word.capital and (self._unknown(word) or (_family_name(word) and not _is_common(word.text)))
            if (word.capital and not self._no_person(word)) or low:
                after = self._name(at, lower=True, any_capital=True)
                if after > at:
                    yield _Found(at, after)

    def _bare(self) -> Iterator[_Found]:
        """Names that no title and no kinship announces: a first name or two capitals, and a case around them."""
        at = 0
        while at < len(self._words):
            after = self._bare_name(at)
            if after > at:
                yield from self._with_next(at, after, kin=False)
                at = after
            else:
                at += 1

    def _bare_name(self, at: int) -> int:
        word = self._words[at]
        before = self._folded[max(0, word.elided - 80) : word.start]
        listed = _first_name(word)
        common = _is_common(word.text)
        if (common and not (word.capital and listed)) or word.text in PLACES or self._blocked(word):
            return at
        if not (listed or word.capital):
            return at
        after = self._name(at, lower=listed, any_capital=listed and word.capital)
        if after == at:
            return at
        pair = after - at >= 2
        rest = self._words[after - 1].end
        if after < len(self._words) and self._joined(after) and self._is_initial(after):
            rest = self._words[after].end + 1  # « Mohamed B., 16 ans »
        aged = bool(_AGED.match(self._folded, rest)) and self._folded[rest : rest + 1] != ""
        if self._is_public(at, after) and (pair or not (aged or _LEFT.search(before))):
            return at
        if _ORGANISATION.search(before) or (self._is_figure(at, after)):
            return at
        authored = bool(_AUTHOR_BEFORE.search(before)) or bool(_AUTHOR_AFTER.match(self._folded, rest))
        if authored and (pair or not self._narrative or not _CITED_BEFORE.search(before)):
            return at
        left = bool(_LEFT.search(before)) or bool(_STRONG_LEFT.search(before)) or bool(_KIN_OF.search(before))
        right = bool(_RIGHT.match(self._folded, rest))
        if not listed:
            # A word in capitals with a listed first name after it (« BENALI Samira ») is a name as registers write it.
            register = word.upper and pair and any(_first_name(w) for w in self._words[at + 1 : after])
            register = register and (len(word.text) >= 3 or _family_name(word))
            if self._no_person(word) or any(w.text in PLACES for w in self._words[at:after]):
                return at
            known = _family_name(word) and pair
            strong = aged or bool(_STRONG_LEFT.search(before)) or (pair and left)
            return (
                after if register or (strong and word.text not in self._public) or (known and self._narrative) else at
            )
        if not word.capital:
            return after if aged or left or (pair and (self._narrative or right)) or (right and self._narrative) else at
        if word.upper and not pair and not (aged or left) and not self._text.shouted:
            return at
        return after if aged or left or right or self._narrative else at

    # What a name is made of

    def _with_next(self, at: int, after: int, kin: bool) -> Iterator[_Found]:
        """A name, and those joined to it by a comma or « et » (« Lucas, Emma et Noah »)."""
        yield _Found(at, after)
        while True:
            more = _NEXT.match(self._folded, self._words[after - 1].end)
            at = self._starting.get(more.end(), -1) if more else -1
            if at < 0:
                return
            word = self._words[at]
            listed = _first_name(word) and (word.capital or not _is_common(word.text))
            other = (
                kin
                and word.capital
                and not self._no_person(word)
                and word.text not in self._public
                and not _is_common(word.text)
            )
            after = self._name(at, lower=True, any_capital=False) if listed or other else at
            if after == at:
                return
            yield _Found(at, after)

    def _name(self, at: int, lower: bool, any_capital: bool) -> int:
        """The index after the last word of the name that starts at `at`; `at` where none does.

        `lower`: names typed in lower case are taken; `any_capital`: an everyday word with a capital too (« Fontaine »).
        """
        words, k = self._words, at
        if self._is_initial(k) and k + 1 < len(words) and words[k + 1].capital and len(words[k + 1].text) > 1:
            k += 1
        else:
            while k < len(words) - 1 and k < at + 3 and words[k].text in _PARTICLES and self._joined(k + 1):
                k += 1
            if k > at and words[k].elided < words[k].start and self._folded[words[k].elided : words[k].start] != "d'":
                return at
        if k >= len(words) or not self._name_word(words[k], lower, any_capital):
            return at
        k += 1
        while k < len(words) and k < at + 6 and self._joined(k):
            nxt = self._extended(k, lower)
            if nxt == k:
                break
            k = nxt
        return k

    def _extended(self, k: int, lower: bool) -> int:
        """The index after the words at `k` that go on a name; `k` where they do not."""
        words = self._words
        word, first = words[k], _first_name(words[k - 1])
        if word.elided < word.start and not (self._folded[word.elided : word.start] in ("d'", "n'") and word.capital):
            return k
        if word.text in _PARTICLES and k + 1 < len(words) and self._joined(k + 1):
            nxt = words[k + 1]
            bound = word.text in _BOUND_PARTICLES or word.capital
            if nxt.text in _BOUND_PARTICLES and k + 2 < len(words) and self._joined(k + 2):
                return k + 3 if self._unknown(words[k + 2]) or _family_name(words[k + 2]) else k
            fits = (
                (nxt.capital and (first or not self._no_person(nxt)))
                or (bound and lower and self._unknown(nxt))
                or (bound and _family_name(nxt))
            )
            placed = not bound and (nxt.text in PLACES or nxt.text in self._public)
            return k + 2 if fits and not placed and not self._blocked(nxt) else k
        if self._blocked(word):
            return k
        if word.capital:
            if _is_listed(word.text):
                return k + 1
            fits = not self._no_person(word) or (
                first and word.text not in PLACES and not (word.upper and word.text in _ACRONYMS)
            )
            return k + 1 if fits else k
        if _is_listed(word.text) and (not _is_common(word.text) or (first and _family_name(word))):
            return k + 1
        return k + 1 if lower and first and self._unknown(word) else k

    def _name_word(self, word: Word, lower: bool, any_capital: bool) -> bool:
        if self._blocked(word):
            return False
        if word.capital:
            return any_capital or not _is_common(word.text) or _is_listed(word.text)
        if not lower:
            return _first_name(word) and not _is_common(word.text)
        return _is_listed(word.text) or self._unknown(word)

    def _unknown(self, word: Word) -> bool:
        """Whether a word typed in lower case is no everyday word, so that it may be a name."""
        return len(word.text) >= 3 and not _is_common(word.text) and not self._blocked(word) and word.text not in PLACES

    def _no_person(self, word: Word) -> bool:
        """Whether a word with a capital is an everyday word, a place or an acronym rather than a person's name."""
        if _first_name(word):
            return False
        common = _is_common(word.text) and not _family_name(word)
        return common or word.text in PLACES or (word.upper and word.text in _ACRONYMS) or self._blocked(word)

    def _blocked(self, word: Word) -> bool:
        alone = len(word.text) == 1 or len(set(word.text)) == 1
        return (
            alone
            or word.text in FRENCH_STOP_WORDS
            or word.text in _NOBODY
            or word.text in _FUNCTIONS
            or bool(_VERB_SUFFIX.search(word.text))
            or (word.text in _ACRONYMS and (word.upper or not word.capital) and not _is_listed(word.text))
        )

    def _is_initial(self, k: int) -> bool:
        word = self._words[k]
        return len(word.text) == 1 and word.capital and self._folded[word.end : word.end + 1] == "."

    def _joined(self, k: int) -> bool:
        gap = self._folded[self._words[k - 1].end : self._words[k].elided]
        return gap in (" ", "  ", "-", " - ") or (gap == ". " and len(self._words[k - 1].text) == 1)

    def _core(self, at: int, after: int) -> list[str]:
        return [w.text for w in self._words[at:after] if w.text not in _PARTICLES and len(w.text) > 1]

    def _is_public(self, at: int, after: int) -> bool:
        return all(w in self._public for w in self._core(at, after)) or self._is_figure(at, after)

    def _is_figure(self, at: int, after: int) -> bool:
        """Whether the family name is one that social work quotes."""
        return any(w in word_list("public_figures") for w in self._core(at, after)[-1:])


def _is_common(word: str) -> bool:
    return word in word_list("common_words") or word in FRENCH_STOP_WORDS


def _first_name(word: Word) -> bool:
    names = word_list("first_names")
    return word.text in names or ("-" in word.text and all(part in names for part in word.text.split("-")))


def _family_name(word: Word) -> bool:
    return word.text in word_list("family_names")


def _is_listed(word: str) -> bool:
    return word in word_list("first_names") or word in word_list("family_names")
