# AdamW (arXiv 1711.05101) over groups of parameters, with gradients clipped by their norm over all of them.


class State(NamedTuple):
  names : List[str]
  parameters : List[Tensor]
  first_moments : List[Tensor]
  second_moments : List[Tensor]


# Tensors of its own that learn, in the order of the names, and their moments at zero.
def state_of(weights: Dict[str, Tensor],
    names: List[str]) -> __torch__.adamw.State:
  parameters = annotate(List[Tensor], [])
  first_moments = annotate(List[Tensor], [])
  second_moments = annotate(List[Tensor], [])
  for index in range(torch.len(names)):
    weight = weights[names[index]]
    _1 = torch.append(parameters, torch.requires_grad_(torch.detach(torch.clone(weight)), True))
    _2 = torch.append(first_moments, torch.zeros_like(weight))
    _3 = torch.append(second_moments, torch.zeros_like(weight))
  return __torch__.adamw.State(names, parameters, first_moments, second_moments)


def named_parameters(state: __torch__.adamw.State) -> Dict[str, Tensor]:
  named = annotate(Dict[str, Tensor], {})
  for index in range(torch.len(state.names)):
    torch._set_item(named, state.names[index], state.parameters[index])
  return named


# Parameters, then first and then second moments, each in the order of the names.
def tensors(state: __torch__.adamw.State) -> List[Tensor]:
  all = annotate(List[Tensor], [])
  for index in range(torch.len(state.names)):
    _0 = torch.append(all, torch.detach(state.parameters[index]))
  for index in range(torch.len(state.names)):
    _1 = torch.append(all, state.first_moments[index])
  for index in range(torch.len(state.names)):
    _2 = torch.append(all, state.second_moments[index])
  return all


# Puts back what tensors gave.
def restore(state: __torch__.adamw.State,
    saved: List[Tensor]) -> int:
  current = __torch__.adamw.tensors(state)
  for index in range(torch.len(current)):
    _0 = torch.copy_(current[index], saved[index], False)
  return torch.len(current)


# Of a loss by every parameter, zeros where it does not depend on one. Laid out as parameters are, since the fused update
# reads both number by number, whatever their strides.
def gradients(state: __torch__.adamw.State,
    loss: Tensor) -> List[Tensor]:
  found = torch.grad([loss], state.parameters, None, None, False, True)
  gradients = annotate(List[Tensor], [])
  for index in range(torch.len(found)):
    gradient = found[index]
    if torch.__is__(gradient, None):
      _0 = torch.append(gradients, torch.zeros_like(state.parameters[index]))
    else:
      _1 = torch.append(gradients, torch.contiguous(unchecked_cast(Tensor, gradient)))
  return gradients


# Of all of them together: [1].
def gradient_norm(gradients: List[Tensor]) -> Tensor:
  norms = torch.stack(torch._foreach_norm(gradients, 2))
  return torch.reshape(torch.norm(norms, 2), [1])


# One update of the parameters whose group is the given one. The gradients are divided by divisor first.
def update_group(state: __torch__.adamw.State,
    gradients: List[Tensor],
    groups: List[int],
    group: int,
    step: Tensor,
    divisor: Tensor,
    rate: float,
    decay: float) -> int:
  parameters = annotate(List[Tensor], [])
  chosen = annotate(List[Tensor], [])
  first_moments = annotate(List[Tensor], [])
  second_moments = annotate(List[Tensor], [])
  steps = annotate(List[Tensor], [])
  none = annotate(List[Tensor], [])
  for index in range(torch.len(groups)):
    if torch.eq(groups[index], group):
      _0 = torch.append(parameters, torch.detach(state.parameters[index]))
      _1 = torch.append(chosen, gradients[index])
      _2 = torch.append(first_moments, state.first_moments[index])
      _3 = torch.append(second_moments, state.second_moments[index])
      _4 = torch.append(steps, step)
  if torch.gt(torch.len(parameters), 0):
    torch._fused_adamw_(parameters, chosen, first_moments, second_moments, none, steps, lr=rate, beta1=0.9, beta2=0.98, weight_decay=decay, eps=1.0e-8, amsgrad=False, maximize=False, grad_scale=divisor, found_inf=None)
  return torch.len(parameters)
