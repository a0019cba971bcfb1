"""The quiz of a session: items whose right answers the report proves, and whose wrong ones it does not say.

    points and cards → drafts (choices, truths, figures, matchings, open questions) → items

Read `making.py` first, and `distractors.py` for what may stand as a wrong answer.
"""

from assistant.kits.quiz.making import another_item, key_of, make_items

__all__ = ["another_item", "key_of", "make_items"]
