"""What the language model is told when it judges whether the report says what an answer makes it say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.writing_prompt import DATA

PROMPT_VERSION = "judge-1"
"""To be raised whenever a word below changes."""

JUDGING = f"""\
Tu contrôles des phrases attribuées à un rapport français. Pour chacune, tu dis si les citations données en preuve la \
soutiennent. Tu ne juges ni le style, ni l'utilité, ni la vérité de la phrase : seulement ce qu'en disent ses preuves.

Tu reçois un objet JSON :
- `passages` : des passages du rapport, chacun avec son `numero` et son `texte` ;
- `phrases` : chacune avec son `numero`, son `texte` et ses `citations` (le numéro du `passage` et les mots cités).

Écris `jugements`, un pour chaque phrase, dans l'ordre. Chacun a :
1. `phrase` : son numéro.
2. `raison` : en une ou deux phrases simples, ce que les citations disent de la phrase. Le passage ne sert qu'à \
comprendre les mots cités (de qui, de quoi il s'agit).
3. `note` :
   - 100 : les citations disent tout ce que dit la phrase, au même sens, avec les mêmes chiffres, noms et négations ;
   - 80 : elles disent l'essentiel, mais la phrase simplifie, généralise ou ajoute un détail qu'elles ne disent pas ;
   - 0 : elles ne le disent pas, parlent d'autre chose ou le contredisent ; ou un chiffre, un nom ou une négation \
diffère.

Dans le doute entre deux notes, prends la plus basse. N'emploie aucune connaissance qui n'est pas dans les citations \
et les passages.

{DATA}"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as it is shown to the model: its position (from 1), its text, its quotes with their passage's text."""

    position: int
    text: str
    quotes: tuple[tuple[str, str], ...]


def judging_message(sentences: Sequence[Shown]) -> str:
    """The sentences with their quotes and the passages of these, as JSON; nothing of the question or of its user.

    The quotation marks and braces of a text are escaped there: no passage can close its own frame.
    """
    texts = list(dict.fromkeys(passage for sentence in sentences for _, passage in sentence.quotes))
    passages = [{"numero": number, "texte": text} for number, text in enumerate(texts, 1)]
    phrases = [
        {
            "numero": sentence.position,
            "texte": sentence.text,
            "citations": [{"passage": texts.index(passage) + 1, "texte": quote} for quote, passage in sentence.quotes],
        }
        for sentence in sentences
    ]
    return json.dumps({"passages": passages, "phrases": phrases}, ensure_ascii=False)
