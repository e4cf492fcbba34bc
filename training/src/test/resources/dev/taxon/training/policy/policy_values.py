"""Computes policy_values.json with torch.distributions and autograd, row by row, independently of the code under test.

Run beside this file: python policy_values.py > policy_values.json (PyTorch 2.7.1). Double precision throughout.
"""

import json

import torch
from torch.distributions import Bernoulli, Categorical, kl_divergence

torch.set_default_dtype(torch.float64)
chance = torch.Generator().manual_seed(7)


def numbers(rows, width, size=1.0):
    # Rounded through single precision, which is how logits arrive.
    return (torch.randn(rows, width, generator=chance) * size).float().double()


def distribution(logits, single):
    return Categorical(logits=logits) if single else Bernoulli(logits=logits)


def action_of(actions, single):
    return actions.argmax() if single else actions


def row_terms(case, row, logits):
    count, single = case["counts"][row], case["single"][row] == 1
    own = lambda name: case[name][row, :count]
    policy, old = distribution(logits[row, :count], single), distribution(own("old"), single)
    action = action_of(own("actions"), single)
    ratio = (policy.log_prob(action) - old.log_prob(action)).exp()
    advantage, clip = case["advantages"][row], case["clip"]
    unclipped, clipped = ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage
    return {
        "log_probability": policy.log_prob(action),
        "entropy": policy.entropy(),
        "divergence": kl_divergence(policy, distribution(own("reference"), single)),
        "ratio": ratio,
        "surrogate": -torch.min(unclipped, clipped),
        "clipped": ((ratio - 1).abs() > clip).double(),
    }


def solved(case):
    logits = case["logits"].clone().requires_grad_(True)
    rows = [row_terms(case, row, logits) for row in range(len(case["counts"]))]
    average = lambda name: torch.stack([terms[name].mean() for terms in rows]).mean()
    loss = average("surrogate")
    loss = loss - case["entropy_weight"] * average("entropy")
    loss = loss + case["divergence_weight"] * average("divergence")
    (gradient,) = torch.autograd.grad(loss, logits)
    listed = {name: value.tolist() if torch.is_tensor(value) else value for name, value in case.items()}
    per_decision = {name: [terms[name].detach().reshape(-1).tolist() for terms in rows] for name in rows[0]}
    means = {f"mean_{name}": average(name).item() for name in ("entropy", "divergence", "clipped")}
    return {**listed, **per_decision, **means, "loss": loss.item(), "gradient": gradient.tolist()}


def actions_for(old, counts, single):
    actions = torch.zeros_like(old)
    for row, count in enumerate(counts):
        if single[row] == 1:
            actions[row, torch.randint(count, [1], generator=chance)] = 1
        else:
            actions[row, :count] = torch.bernoulli(old[row, :count].sigmoid(), generator=chance)
    return actions


def case(name, counts, single, size, moved, clip, entropy_weight, divergence_weight):
    shape = len(counts), max(counts)
    old = numbers(*shape, size)
    return {
        "name": name,
        "counts": counts,
        "single": single,
        "old": old,
        "logits": (old + numbers(*shape, moved)).float().double(),
        "reference": (old + numbers(*shape, moved)).float().double(),
        "actions": actions_for(old, counts, single),
        "advantages": numbers(len(counts), 1)[:, 0],
        "clip": clip,
        "entropy_weight": entropy_weight,
        "divergence_weight": divergence_weight,
    }


cases = [
    case("multi-label", [4, 2, 5, 1], [0, 0, 0, 0], 1.5, 0.4, 0.2, 0.01, 0.1),
    case("single-label", [3, 6, 2, 4], [1, 1, 1, 1], 1.5, 0.4, 0.2, 0.02, 0.3),
    case("both kinds in a batch", [3, 6, 1, 4, 2], [1, 0, 1, 0, 0], 1.5, 0.6, 0.1, 0.05, 0.5),
    case("surrogate alone", [3, 4], [0, 1], 1.0, 0.5, 0.3, 0.0, 0.0),
    case("far from even", [3, 4, 3], [0, 1, 0], 12.0, 2.0, 0.2, 0.01, 0.1),
]
print(json.dumps({"cases": [solved(one) for one in cases]}, indent=1))
