"""How text of each language is cut into words, and words into stems: one set of rules for the embedded engine, for
synonyms and for marking what was found. The Elasticsearch engine states the same rules in its own terms.
"""

from .analyser import Token, bare, fold, language_of_script, stems, tokens
from .characters import surface

__all__ = ["Token", "bare", "fold", "language_of_script", "stems", "surface", "tokens"]
