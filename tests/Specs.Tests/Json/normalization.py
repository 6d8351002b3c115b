"""Writes normalization.json: texts and their Unicode normalization form C, by Python's unicodedata. Run: python3 normalization.py"""
import json
import pathlib
import random
import unicodedata

random.seed(1)
characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
decomposed = [c for c in characters if unicodedata.normalize("NFD", c) != c]
marks = [c for c in characters if unicodedata.combining(c)]
texts = [unicodedata.normalize("NFD", c) for c in decomposed[::37]]
texts += decomposed[::101]
texts += [random.choice(decomposed[:1000]) + "".join(random.choices(marks, k=random.randint(1, 6))) for _ in range(100)]
texts += ["plain", "", "a\u0308", unicodedata.normalize("NFD", "\ud55c\uad6d\uc5b4 \uc2e4\ud5d8"), "\U0001f525", "\u2126", "\u0344", "\ufb1d"]
# Code points that are in every version of Unicode since 14.
cases = [[text, unicodedata.normalize("NFC", text)] for text in texts]
pathlib.Path(__file__).with_suffix(".json").write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
