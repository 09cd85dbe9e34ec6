"""French inflection: hand-chosen forms of each model, with the traps, and tables that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from ressenti.errors import DataError
from ressenti.ontology.morphology import CELLS, Form, fold, inflect, read_irregulars, read_paradigms


def forms(lemma: str, pos: str, features: str = "") -> list[str]:
    """Texts with exactly these features, or all texts."""
    return [f.text for f in inflect(lemma, pos) if features in ("", f.features)]  # type: ignore[arg-type]


# Each verb: forms it has, then forms that a careless rule would make.
VERBS = {
    "aimer": ("aime aimes aimons aimez aiment aimais aimions aimerai aimerait aimai aimâmes aimèrent aimasse aimât "
              "aimant aimé aimée aimés aimées", "aimis"),
    "manger": ("mangeons mangeais mangions mangiez mangea mangeâmes mangèrent mangeant mangeât", "mangons mangeions"),
    "agacer": ("agaçons agaçait agacions agaça agacèrent agaçant agacé", "agacons agaçions"),
    "protéger": ("protège protégeons protégeait protégera protègera", "protége"),
    "inquiéter": ("inquiète inquiètes inquiétons inquiètent inquiéterai inquièterai inquiété inquiétées", "inquiéte"),
    "pénétrer": ("pénètre pénétrons", "pénétre"),
    "léguer": ("lègue léguons", "légue"),
    "créer": ("crée créerai créée", "crèe"),
    "peser": ("pèse pesons pèserai", "pese peserai"),
    "sevrer": ("sèvre sevrons", "sevre"),
    "blesser": ("blesse", "blèsse"),
    "dépecer": ("dépèce dépeçons", "dépece"),
    "rappeler": ("rappelle rappelons rappellerai rappelé", "rappèle rappele"),
    "jeter": ("jette jetons jetterai jetais", "jète jete"),
    "geler": ("gèle gelons gèlerai", "gelle gele"),
    "acheter": ("achète achetons", "achette"),
    "cacheter": ("cachette cachète", "cachete"),
    "étinceler": ("étincelle étincèle", "étincele"),
    "tweeter": ("tweete", "tweète"),
    "ennuyer": ("ennuie ennuies ennuyons ennuient ennuyais ennuyions ennuierai ennuyé", "ennuye ennuyerai"),
    "payer": ("paie paye paient payent paierai payerai payons", ""),
    "envoyer": ("envoie enverrai envoyons", "envoyerai"),
    "dégoûter": ("dégoûte dégoute dégoûté dégouté", ""),
    "finir": ("finis finit finissons finissent finirai finîmes finît finissant fini finie", "finons"),
    "répartir": ("répartit répartissons", "répart"),
    "ravir": ("ravit ravissent ravi", ""),
    "haïr": ("hais hait haïssons haïssent haïrai haïs haïmes haït haïssant haï haïe", "haîmes haissons"),
    "ressentir": ("ressens ressent ressentons ressente ressenti ressenties", "ressentissons"),
    "mentir": ("mens ment menti", "mentissons"),
    "endormir": ("endors endort endormons", ""),
    "servir": ("sers servons", ""),
    "asservir": ("asservissons", "asservons"),
    "courir": ("cours courons courrai courus courûmes couru", "courirai"),
    "mourir": ("meurs meurt mourons meurent mourrai mourus mourûmes meure mourions mort morte mortes", "mouru"),
    "souvenir": ("souviens souvenons souviennent souviendrai souvint souvînmes souvinssions souvînt souvenu", ""),
    "conquérir": ("conquiers conquiert conquérons conquièrent conquerrai conquis conquise conquière conquérions", ""),
    "souffrir": ("souffre souffrons souffrirai souffert soufferte", "souffri souffrissons"),
    "accueillir": ("accueille accueillerai accueilli", "accueillirai"),
    "tressaillir": ("tressaille tressaillirai tressailli", "tressaillie tressaillissons"),
    "bouillir": ("bous bout bouillons bouillent bouilli", "bouillissons"),
    "enfuir": ("enfuis enfuyons enfuient enfui", ""),
    "revêtir": ("revêts revêt revêtons revêtu", "revêtissons"),
    "avoir": ("ai as a avons ont avais aurai eus eûmes aie ait ayons ayez aient eût ayant eu eue", "avé"),
    "être": ("suis es est sommes êtes sont étais étions serai fus fûmes sois soit soyons fût étant été", "étée"),
    "aller": ("vais vas va allons vont irai irait allai aille aillent allions allé allée", "alle"),
    "voir": ("vois voyons voient voyions verrai vis vîmes vu vue", ""),
    "prévoir": ("prévoirai", "préverrai"),
    "pouvoir": ("peux puis peut pouvons peuvent pourrai pus puisse puissions pu", "pue"),
    "vouloir": ("veux veulent voudrai voulus veuille veuillent voulions veuillez voulu", ""),
    "devoir": ("dois devons doivent devrai dus doive devions dû due dus dues", "dûe dûs"),
    "savoir": ("sais savons saurai sus sache sachions sachant su", "savant"),
    "valoir": ("vaux vaut valons vaudrai vaille valions", ""),
    "falloir": ("faut fallait faudra faudrait fallut faille fallût fallu", "fallons fallais faux fallant"),
    "pleuvoir": ("pleut pleuvent pleuvait pleuvra plut pleuve pleuvant plu", "pleuvons"),
    "décevoir": ("déçois déçoit décevons déçoivent décevrai déçus déçûmes déçoive décevions déçu déçue", "decois"),
    "émouvoir": ("émeus émeut émouvons émeuvent émouvrai émus émut émeuve émouvions ému émue émues", "émû"),
    "s'asseoir": ("asseoir assieds assied asseyons assois assoit assoyons assoient assiérai assoirai assis asseye",
                  "s'asseoir assiedt"),
    "comprendre": ("comprends comprend comprenons comprennent comprenne comprenions compris comprise", "comprendons"),
    "mettre": ("mets met mettons mis mise", "mett"),
    "battre": ("bats bat battons battis battu", ""),
    "attendre": ("attends attend attendons attendis attendu", "attendt"),
    "interrompre": ("interromps interrompt interrompu", ""),
    "convaincre": ("convaincs convainc convainquons convaincrai convainquis convaincu", "convainct convaincons"),
    "craindre": ("crains craint craignons craignent craindrai craignis craigne craignions craint crainte", "crainds"),
    "éteindre": ("éteins éteignons éteint éteinte", ""),
    "joindre": ("joins joignons joint", ""),
    "résoudre": ("résous résout résolvons résolus résolu", ""),
    "absoudre": ("absous absolvons absoute", "absouse absoue"),
    "coudre": ("couds coud cousons cousu", ""),
    "poursuivre": ("poursuis poursuivons poursuivi", ""),
    "survivre": ("survis survivons survécus survécu", "survivi"),
    "naître": ("nais naît nait naissons naîtrai naitrai naquis naquîmes né née", "naquimes"),
    "connaître": ("connaître connaitre connais connaît connait connaissons connûmes connu", "connumes"),
    "connaitre": ("connaître connaitre connaît connu", "connaits"),
    "croître": ("croîs croît croissons crû crue", "croit"),
    "faire": ("fais faisons faites font ferai fis fîmes fasse fassions fait faite", "faisez"),
    "satisfaire": ("satisfait satisfont satisfasse", ""),
    "plaire": ("plais plaît plait plaisons plus plût plu", "plue"),
    "taire": ("tais tait taisons tu tue", "taît"),
    "distraire": ("distrais distrayons distraient distrait distraite", ""),
    "dire": ("dis disons dites dirai dîmes dit dite", "disez"),
    "contredire": ("contredisez", "contredissez"),
    "maudire": ("maudissons maudit maudite", "maudisons"),
    "sourire": ("souris sourit sourions souriez sourient souriions sourîmes souri", "sourites sourisons"),
    "rire": ("ris rit rions rient riait riions rie rirai rîmes ri", "rite risons"),
    "élire": ("élis élisons élus élu", ""),
    "décrire": ("décris décrivons décrivis décrit", "décrions"),
    "suffire": ("suffis suffisons suffi", "suffie"),
    "séduire": ("séduis séduisons séduisis séduit séduite", ""),
    "détruire": ("détruisons détruite", ""),
    "nuire": ("nuisons nui", "nuite"),
    "croire": ("crois croyons croient croyions crus cru", ""),
    "boire": ("bois buvons boivent bus bu boive buvions", ""),
    "conclure": ("conclus concluons conclu conclue", ""),
    "inclure": ("inclus incluse", "inclute"),
    "clore": ("clos clôt close", "closais"),
    "foutre": ("fous fout foutons foutu", ""),
    "gésir": ("gît gisait gisant", "gésirai"),
}  # fmt: skip


@pytest.mark.parametrize("lemma", VERBS)
def test_verb(lemma: str) -> None:
    right, wrong = (set(texts.split()) for texts in VERBS[lemma])
    got = set(forms(lemma, "VERB"))
    assert right - got == set()
    assert wrong & got == set()


@pytest.mark.parametrize(
    ("lemma", "features", "texts"),
    [
        ("craindre", "VerbForm=Inf", ["craindre"]),
        ("craindre", "Mood=Ind|Tense=Pres|Person=1|Number=Sing", ["crains"]),
        ("craindre", "Mood=Ind|Tense=Imp|Person=3|Number=Sing", ["craignait"]),
        ("craindre", "Mood=Ind|Tense=Past|Person=1|Number=Plur", ["craignîmes"]),
        ("craindre", "Mood=Sub|Tense=Pres|Person=2|Number=Plur", ["craigniez"]),
        ("craindre", "Mood=Sub|Tense=Imp|Person=3|Number=Sing", ["craignît"]),
        ("craindre", "Mood=Cnd|Tense=Pres|Person=3|Number=Plur", ["craindraient"]),
        ("craindre", "VerbForm=Part|Tense=Pres", ["craignant"]),
        ("craindre", "VerbForm=Part|Tense=Past|Gender=Fem|Number=Plur", ["craintes"]),
        ("prendre", "VerbForm=Part|Tense=Past|Gender=Masc|Number=Plur", ["pris"]),
        ("plaire", "VerbForm=Part|Tense=Past|Gender=Masc|Number=Sing", ["plu"]),
        ("aimer", "Mood=Imp|Tense=Pres|Person=2|Number=Sing", ["aime"]),
        ("ouvrir", "Mood=Imp|Tense=Pres|Person=2|Number=Sing", ["ouvre"]),
        ("avoir", "Mood=Imp|Tense=Pres|Person=1|Number=Plur", ["ayons"]),
        ("payer", "Mood=Ind|Tense=Fut|Person=2|Number=Sing", ["paieras", "payeras"]),
        ("pouvoir", "Mood=Imp|Tense=Pres|Person=2|Number=Sing", []),
    ],
)
def test_verb_features(lemma: str, features: str, texts: list[str]) -> None:
    assert forms(lemma, "VERB", features) == texts


@pytest.mark.parametrize("lemma", ["frire", "choir", "ouïr", "peur", "avoir peur", "er"])
def test_unknown_verb(lemma: str) -> None:
    with pytest.raises(ValueError, match=lemma):
        inflect(lemma, "VERB")


def test_unknown_part_of_speech() -> None:
    with pytest.raises(ValueError, match="ADV"):
        inflect("hier", "ADV")  # type: ignore[arg-type]


@pytest.mark.parametrize("lemma", ["se repentir", "s'inquiéter", "s’inquiéter"])
def test_reflexive_pronoun_is_left_out(lemma: str) -> None:
    assert inflect(lemma, "VERB") == inflect(lemma[3 if lemma.startswith("se ") else 2 :], "VERB")


# Masculine singular and plural, feminine singular and plural; "_" is a space.
ADJECTIVES = """
triste tristes triste tristes | content contents contente contentes | ravi ravis ravie ravies
énervé énervés énervée énervées | ému émus émue émues | joyeux joyeux joyeuse joyeuses
craintif craintifs craintive craintives | bref brefs brève brèves | amer amers amère amères
cruel cruels cruelle cruelles | serein sereins sereine sereines | moyen moyens moyenne moyennes
grognon grognons grognonne grognonnes | coquet coquets coquette coquettes | prêt prêts prête prêtes
inquiet inquiets inquiète inquiètes | secret secrets secrète secrètes | complet complets complète complètes
rageur rageurs rageuse rageuses | menteur menteurs menteuse menteuses | boudeur boudeurs boudeuse boudeuses
protecteur protecteurs protectrice protectrices | admirateur admirateurs admiratrice admiratrices
supérieur supérieurs supérieure supérieures | vengeur vengeurs vengeresse vengeresses
blanc blancs blanche blanches | public publics publique publiques | grec grecs grecque grecques
moral moraux morale morales | fatal fatals fatale fatales | jaloux jaloux jalouse jalouses
doux doux douce douces | roux roux rousse rousses | faux faux fausse fausses | gentil gentils gentille gentilles
bas bas basse basses | gros gros grosse grosses | épais épais épaisse épaisses | las las lasse lasses
gris gris grise grises | mauvais mauvais mauvaise mauvaises | surpris surpris surprise surprises
long longs longue longues | favori favoris favorite favorites | coi cois coite coites
penaud penauds penaude penaudes | maussade maussades maussade maussades | absous absous absoute absoutes
nul nuls nulle nulles | seul seuls seule seules | idiot idiots idiote idiotes | sot sots sotte sottes
pareil pareils pareille pareilles | bleu bleus bleue bleues | flou flous floue floues
vénère vénères vénère vénères | furax furax furax furax | zen zen zen zen | chic chic chic chic
à_cran à_cran à_cran à_cran | mal_à_l'aise mal_à_l'aise mal_à_l'aise mal_à_l'aise
mal_aimé mal_aimés mal_aimée mal_aimées | peu_sûr_de_soi peu_sûrs_de_soi peu_sûre_de_soi peu_sûres_de_soi
doux-amer doux-amers douce-amère douces-amères | fou_de_joie fous_de_joie folle_de_joie folles_de_joie
casse-pieds casse-pieds casse-pieds casse-pieds
"""


@pytest.mark.parametrize("row", [row.split() for line in ADJECTIVES.strip().splitlines() for row in line.split("|")])
def test_adjective(row: list[str]) -> None:
    texts = [text.replace("_", " ") for text in row]
    agreement = (
        "Gender=Masc|Number=Sing",
        "Gender=Masc|Number=Plur",
        "Gender=Fem|Number=Sing",
        "Gender=Fem|Number=Plur",
    )
    assert inflect(texts[0], "ADJ") == tuple(map(Form, texts, agreement))


@pytest.mark.parametrize(
    ("lemma", "texts"),
    [
        ("beau", "beau bel beaux belle belles"),
        ("nouveau", "nouveau nouvel nouveaux nouvelle nouvelles"),
        ("fou", "fou fol fous folle folles"),
        ("mou", "mou mol mous molle molles"),
        ("vieux", "vieux vieil vieille vieilles"),
        ("frais", "frais fraîche fraiche fraîches fraiches"),
        ("aigu", "aigu aigus aiguë aigüe aiguës aigües"),
        ("mûr", "mûr mûrs mûre mûres"),
        ("baba", "baba babas"),
        ("véner", "véner véners vénère vénères"),
    ],
)
def test_adjective_with_variants(lemma: str, texts: str) -> None:
    assert set(forms(lemma, "ADJ")) == set(texts.split())


@pytest.mark.parametrize(
    ("lemma", "plurals"),
    [
        ("peur", ["peurs"]),
        ("mépris", ["mépris"]),
        ("courroux", ["courroux"]),
        ("mal", ["maux"]),
        ("régal", ["régals"]),
        ("idéal", ["idéaux", "idéals"]),
        ("travail", ["travaux"]),
        ("détail", ["détails"]),
        ("fardeau", ["fardeaux"]),
        ("vœu", ["vœux"]),
        ("bleu", ["bleus"]),
        ("sou", ["sous"]),
        ("genou", ["genoux"]),
        ("œil", ["yeux"]),
        ("dégoût", ["dégoûts", "dégouts"]),
        ("ras-le-bol", ["ras-le-bol"]),
        ("haut-le-cœur", ["haut-le-cœur"]),
        ("bien-être", ["bien-être"]),
        ("mal-être", ["mal-êtres"]),
        ("arrière-pensée", ["arrière-pensées"]),
        ("amour-propre", ["amours-propres"]),
        ("crève-cœur", ["crève-cœurs", "crève-cœur"]),
        ("je-m'en-foutisme", ["je-m'en-foutismes"]),
        ("crise de nerfs", ["crises de nerfs"]),
        ("état d'âme", ["états d'âme"]),
        ("mauvaise humeur", ["mauvaises humeurs"]),
        ("mal de vivre", ["maux de vivre"]),
    ],
)
def test_noun(lemma: str, plurals: list[str]) -> None:
    assert forms(lemma, "NOUN", "Number=Plur") == plurals
    assert forms(lemma, "NOUN", "Number=Sing")[0] == lemma


def test_form() -> None:
    assert inflect("peur", "NOUN") == (Form("peur", "Number=Sing"), Form("peurs", "Number=Plur"))


def test_no_form_is_there_twice() -> None:
    for lemma in VERBS:
        assert len(set(inflect(lemma, "VERB"))) == len(inflect(lemma, "VERB"))


def test_fold() -> None:
    assert fold("J’AI LE CŒUR Serré") == "j'ai le cœur serré"


HEADER = "\t".join(("model", "like", *CELLS))
GOOD = "rire\tsourire\tris ris rit rions riez rient\t.\trirai\tris\t.\t.\t.\tri -"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("rire\tsourire\tris ris rit", "has 3 fields where the header has 10"),
        (GOOD.replace("riez ", ""), "'present' must hold 6 forms"),
        (GOOD.replace("rirai", "rira"), "'future' does not end"),
        (GOOD.replace("rirai", "."), "'future' must hold 1 form"),
        (GOOD.replace("rions", "-"), "'imperfect' needs a form"),
        (GOOD.replace("sourire", "sortir"), "'sortir' cannot go like 'rire'"),
        (
            GOOD.replace("sourire", "-dire").replace("rirai", "tirai"),
            "'-dire' cannot go like 'rire': it does not end in 'rire'",
        ),
    ],
)
def test_bad_paradigm(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "paradigms.tsv"
    path.write_text(f"{HEADER}\n# a comment\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_paradigms(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ("fou\tfolle\t.\tfol\nfou\tfolle\t.\tfol", 3, "'fou' is there twice"),
        ("fou\tfolle\t\tfol", 2, "'plural' is empty"),
    ],
)
def test_bad_irregular(tmp_path: Path, rows: str, line: int, reason: str) -> None:
    path = tmp_path / "irregulars.tsv"
    path.write_text(f"lemma\tfeminine\tplural\tbefore_vowel\n{rows}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_irregulars(path)
    assert str(caught.value).startswith(f"{path}:{line}: {reason}")
