"""Computes mcnemar.json with SciPy, independently of the code under test.

Run beside this file: python mcnemar_oracle.py > mcnemar.json (scipy 1.17).
"""

import json

from scipy.stats import binomtest, chi2

EXACT = [(0, 0), (1, 0), (0, 5), (0, 6), (3, 9), (12, 12), (4, 20), (24, 0)]
CORRECTED = [(0, 25), (10, 15), (25, 25), (30, 70), (1000, 1100), (100000, 100500)]


def exact(first, second):
    return binomtest(first, first + second, 0.5).pvalue if first + second else 1.0


def corrected(first, second):
    return chi2.sf(max(0, abs(first - second) - 1) ** 2 / (first + second), 1)


print(json.dumps({"cases": [
    {"first": f, "second": s, "method": "EXACT_BINOMIAL", "p_value": float(exact(f, s))} for f, s in EXACT
] + [
    {"first": f, "second": s, "method": "CORRECTED_CHI_SQUARED", "p_value": float(corrected(f, s))}
    for f, s in CORRECTED
]}, indent=1))
