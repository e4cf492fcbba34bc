"""Hooks of schemathesis for `benchmarks/fuzz.py`: the right key for each area, and names of things that exist in every other call.

Keys and names come from the environment that fuzz.py sets.
"""

import json
import os
import random

import schemathesis

KEYS = {"tenant": os.environ["TAXON_KEY"], "operator": os.environ["TAXON_OPERATOR_KEY"]}
KNOWN = json.loads(os.environ["TAXON_KNOWN"])
CHOICE = random.Random(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    area = "operator" if case.path.startswith("/v1/admin") else "tenant"
    case.headers["Authorization"] = f"Bearer {KEYS[area]}"


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Numbers and names that exist, half of the time: otherwise nearly everything ends at 404."""
    for parameter in path_parameters or {}:
        known = KNOWN.get(area(context.operation.path), {}).get(parameter)
        if known and CHOICE.random() < 0.5:
            path_parameters[parameter] = CHOICE.choice(known)
    return path_parameters


@schemathesis.serializer("application/zip")
def as_it_is(context, value):
    """Archives that are none, mostly: what the tests of adapters have in earnest."""
    return value if isinstance(value, bytes) else str(value).encode(errors="surrogatepass")


def area(path):
    return path.split("/")[3 if path.startswith("/v1/admin/") else 2]
