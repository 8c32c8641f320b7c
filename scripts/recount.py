#!/usr/bin/env python3
"""Recompte une consultation à partir du fichier que publie le site. / Counts a consultation again.

    python3 recount.py resultats.json      recompte, puis compare avec les totaux publiés
    python3 recount.py resultats.csv       recompte seulement : ce fichier n'a pas de totaux

Needs Python 3.8 or later, nothing else, and no network: it imports nothing of the product it checks.
Ends with 0 when everything agrees, 1 when a figure differs, 2 when the file can't be read.
What the columns mean: docs/recounting.md.
"""

import csv
import json
import sys
from collections import Counter

CHOICES = {
    "favourable": "favorable",
    "conditions": "favorable sous conditions",
    "opposed": "opposé",
    "information": "besoin d’information",
}
CHANNELS = {
    "online": "en ligne",
    "paper": "sur papier",
    "meeting": "en réunion",
    "phone": "par téléphone",
    "desk": "au guichet",
}
ASSURANCES = {
    "declared": "déclaré, non vérifié",
    "email": "adresse électronique confirmée",
    "account": "connecté avec un compte",
    "verified": "identité vérifiée",
}
SMALLEST_GROUP = 5


def read(path):
    """Returns the lines of a file and its published totals; None for a table, which has none."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        if path.lower().endswith(".csv"):
            return list(csv.DictReader(file)), None
        document = json.load(file)
    if document.get("format") != "participation-recount" or document.get("version") != 1:
        raise ValueError("ce n’est pas un fichier de recomptage, ou il est d’une autre version")
    return document["rows"], document["totals"]


def recount(rows):
    """Returns positions in all and by group, supports and useful votes by text, and what looks wrong."""
    positions, levels, supports, useful, wrong = Counter(), {}, Counter(), Counter(), []
    numbers = Counter(row["row"] for row in rows)
    wrong += [f"le numéro {number} sert {n} fois" for number, n in numbers.items() if n > 1]
    for row in rows:
        kind = row["kind"]
        if kind == "position" and row["choice"] in CHOICES:
            positions[row["choice"]] += 1
            levels.setdefault((row["channel"], row["assurance"]), Counter())[row["choice"]] += 1
        elif kind == "support" and row["text"]:
            supports[row["text"]] += 1
        elif kind == "useful" and row["text"]:
            useful[row["text"]] += 1
        else:
            wrong.append(f"la ligne {row['row']} ne se lit pas")
    sizes = {level: sum(counts.values()) for level, counts in levels.items()}
    for level, size in sizes.items():
        # Fewer than five in all is shown as it is: there is nothing to merge with.
        if size < SMALLEST_GROUP and len(levels) > 1:
            wrong.append(f"le groupe {name_of(level)} compte moins de cinq personnes")
    return {"positions": positions, "levels": levels, "supports": supports, "useful": useful, "wrong": wrong}


def differences(counted, totals):
    """Returns one sentence for each published total that the lines don't give."""
    found = []

    def compare(what, published, recounted):
        if published != recounted:
            found.append(f"{what} : publié {published}, recompté {recounted}")

    for choice, words in CHOICES.items():
        compare(words, totals["positions"][choice], counted["positions"][choice])
    published = {(level["channel"], level["assurance"]): level for level in totals["levels"]}
    for level in sorted(set(published) | set(counted["levels"])):
        for choice, words in CHOICES.items():
            one = published.get(level, {}).get(choice, 0)
            compare(f"{name_of(level)}, {words}", one, counted["levels"].get(level, Counter())[choice])
    texts = {text["text"]: text for text in totals["texts"]}
    for ref in sorted(set(texts) | set(counted["supports"]) | set(counted["useful"])):
        text = texts.get(ref, {"supports": 0, "useful": 0})
        compare(f"soutiens de {ref}", text["supports"], counted["supports"][ref])
        compare(f"votes « utile » de {ref}", text["useful"], counted["useful"][ref])
    return found


def name_of(level):
    """Returns a group in words."""
    channel, assurance = level
    if not channel:
        return "petits groupes réunis"
    return f"{CHANNELS.get(channel, channel)}, {ASSURANCES.get(assurance, assurance)}"


def report(rows, counted):
    """Prints what was counted."""
    total = sum(counted["positions"].values())
    print(f"{len(rows)} lignes, dont {total} positions")
    for choice, words in CHOICES.items():
        n = counted["positions"][choice]
        print(f"  {words:28} {n:6}   {100 * n / total if total else 0:5.1f} %")
    for level, counts in sorted(counted["levels"].items(), key=lambda one: -sum(one[1].values())):
        detail = ", ".join(f"{words} {counts[choice]}" for choice, words in CHOICES.items())
        print(f"  {name_of(level)} : {sum(counts.values())} ({detail})")
    for title, key in (("Soutiens", "supports"), ("Votes « utile »", "useful")):
        print(f"{title} : {sum(counted[key].values())}")
        for ref, n in counted[key].most_common():
            print(f"  {ref} {n:6}")
    if any(row["state"] == "provisional" for row in rows):
        print("PROVISOIRE : ces chiffres peuvent encore changer.")


def main(arguments):
    """Counts one file again and says whether it agrees with what is published."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    try:
        rows, totals = read(arguments[0])
        counted = recount(rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"Ce fichier ne se lit pas : {error}", file=sys.stderr)
        return 2
    report(rows, counted)
    wrong = counted["wrong"] + (differences(counted, totals) if totals is not None else [])
    for sentence in wrong:
        print(f"DIFFÉRENCE : {sentence}")
    if totals is not None and not wrong:
        print("Tous les totaux publiés sont exacts.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
