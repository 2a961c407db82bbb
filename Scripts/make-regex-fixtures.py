#!/usr/bin/env python3
"""Writes what RE2 says of random patterns: pip install google-re2==1.1.20251105, then run it with the file to write.

Each pattern is refused (null), or listed with texts and whether each matches as a whole. Scripts of Unicode, single bytes
and nesting beyond 250 groups are left out: Assay refuses them on purpose.
"""
import json
import random
import sys

import re2

options = re2.Options()
options.log_errors = False
generator = random.Random(20)

LETTERS = list("abcABC019 _-.\n\tÄäßé") + ["λ", "Ж", "中", "\U0001F600"]
ATOMS = ["a", "b", "A", "0", ".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "[abc]", "[^a-c]", "[[:alpha:]]", "[[:^digit:]_]",
         "\\pL", "\\p{Lu}", "\\PN", "\\p{^Nd}", "[\\d\\-x]", "[]a]", "[a\\]]", "\\.", "\\x41", "\\x{4e2d}", "\\101", "\\n",
         "ä", "中", "\\Qa.b\\E", "_", "-", "[\\p{L}0-9]", "[^\\w\\s]", "\\Q", "]", "}"]
ASSERTIONS = ["^", "$", "\\b", "\\B", "\\A", "\\z"]
REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "+?", "{,2}", "{2,1}"]
BROKEN = ["(", ")", "[", "*", "a**", "\\", "(?<n>", "[b-a]", "\\1", "(?=a)", "(?z)", "a{1001}", "[[:nope:]]", "\\p{Nope}",
          "\\xZZ", "(?P<>a)", "\\q"]


def pattern(depth=0):
    kind = generator.random()
    if kind < 0.05:
        return generator.choice(ASSERTIONS)
    if kind < 0.5 or depth > 3:
        return generator.choice(ATOMS)
    if kind < 0.7:
        return pattern(depth + 1) + pattern(depth + 1)
    if kind < 0.82:
        inner = generator.choice(ATOMS) if generator.random() < 0.5 else "(" + pattern(depth + 1) + ")"
        return inner + generator.choice(REPEATS)
    if kind < 0.92:
        opening = generator.choice(["(", "(?:", "(?i:", "(?s:", "(?m:", "(?i-s:", "(?P<name>", "(?U:"])
        return opening + pattern(depth + 1) + "|" + pattern(depth + 1) + ")"
    if kind < 0.96:
        return generator.choice(["(?i)", "(?s)", "(?m)"]) + pattern(depth + 1)
    return pattern(depth + 1) + "|" + pattern(depth + 1)


def text(source):
    """A text that may match: letters of the pattern among others."""
    letters = [c for c in source if c not in "\\()[]{}|?*+^$:<>"] + LETTERS
    return "".join(generator.choice(letters) for _ in range(generator.choice([0, 1, 1, 2, 2, 3, 4])))


cases = []
seen = set()
while len(cases) < 700:
    source = pattern()
    if generator.random() < 0.1:
        source = source + generator.choice(BROKEN)
    if source in seen:
        continue
    seen.add(source)
    try:
        compiled = re2.compile(source, options)
    except re2.error:
        cases.append({"pattern": source, "texts": None})
        continue
    texts = {}
    for _ in range(40):
        candidate = text(source)
        texts[candidate] = compiled.fullmatch(candidate) is not None
    # As many of both kinds as there are, up to four.
    chosen = [t for t in texts if texts[t]][:4] + [t for t in texts if not texts[t]][:4]
    cases.append({"pattern": source, "texts": {t: texts[t] for t in chosen}})

with open(sys.argv[1], "w") as file:
    json.dump({"made_with": "google-re2 1.1.20251105", "cases": cases}, file, ensure_ascii=True, indent=0)
    file.write("\n")
