// Which steps of a plan need which others, so that nobody who leaves one out chooses steps that must fail then.

/** For each step, the places of the steps that it cannot do without. */
export function findNeeds(steps) {
  const facts = steps.map(factsOf);
  return facts.map((step, place) => {
    const places = [...facts.keys()];
    const needs = places.slice(0, place).filter((earlier) => isNeeded(facts[earlier], step));
    // A name that a script gets for now must not stay: the last step of this script takes it away.
    const last = step.freesName ? places.findLast((later) => later > place && facts[later].record === step.record) : undefined;
    return last === undefined ? needs : [...needs, last];
  });
}

/**
 * For each step, whether it is chosen, and which steps have to be ticked before it can be: `wanted` are the places that the user has
 * ticked.
 */
export function chooseSteps(needs, wanted) {
  return needs.map((_, place) => {
    // All that it needs, also by what it needs. What is added meanwhile is visited too.
    const needed = new Set([place]);
    for (const step of needed) needs[step].forEach((other) => needed.add(other));
    const lacks = [...needed].filter((other) => other !== place && !wanted.has(other)).sort((one, other) => one - other);
    return { isChosen: wanted.has(place) && lacks.length === 0, lacks };
  });
}

/** The plan with the chosen steps only, numbered again. */
export function onlyChosen(plan, choices) {
  const steps = plan.steps.filter((_, place) => choices[place].isChosen);
  return { ...plan, steps: steps.map((step, place) => ({ ...step, step: place + 1 })) };
}

function isNeeded(earlier, step) {
  return (
    // A record is made before it is changed, and changed in this order.
    earlier.record === step.record ||
    // What a request names must exist.
    (earlier.action === "create" && step.names.has(earlier.record)) ||
    // What is deleted must not be named any more.
    (step.action === "delete" && earlier.namedBefore.has(step.record) && !earlier.names.has(step.record)) ||
    // What is replaced by another record of its name only goes when that is there.
    (step.action === "delete" && earlier.action === "create" && earlier.name === step.name) ||
    // The name of a script must be free.
    (earlier.freesName && earlier.name === step.newName)
  );
}

function factsOf({ action, kind, reason, name, record, request, before }) {
  return {
    action,
    record: record.$ref ?? record,
    name: `${kind} ${fold(name)}`,
    newName: `${kind} ${fold(request?.[`${kind}_name`])}`,
    names: new Set(textsIn(request)),
    namedBefore: new Set(textsIn(before)),
    freesName: reason === "frees-name",
  };
}

/** All texts in a value: among them are the ids of the records that it names, and the placeholders of those that the plan creates. */
function textsIn(value) {
  if (typeof value === "string") return [value];
  return Object.values(Object(value)).flatMap(textsIn);
}

/** The server compares names without case. */
function fold(name) {
  return String(name).normalize().toLowerCase().trim();
}
