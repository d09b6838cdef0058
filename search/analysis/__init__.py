"""How text in each language is split into words, and words into stems.

The embedded engine, synonyms and highlighting share this one set of rules. The Elasticsearch engine states the same
rules in its own terms.
"""

from .analyser import Token, bare, fold, is_mostly_arabic, rules_of, stems, tokens
from .characters import surface

__all__ = ["Token", "bare", "fold", "is_mostly_arabic", "rules_of", "stems", "surface", "tokens"]
