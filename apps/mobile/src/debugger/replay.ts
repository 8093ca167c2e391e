import type { Step, Variable } from '@/api/types';

/** A call that has not ended yet. */
export interface Frame {
  function: string;
  /** Where it is, or where it waits for what it called. */
  line: number;
  variables: ReadonlyMap<string, Variable>;
}

/** What there is to see at one step. */
export interface Moment {
  step: Step;
  /** From the outermost to the one that the step belongs to. */
  frames: readonly Frame[];
  /** Each variable that has changed, with what it was before; `undefined` if it is new. */
  before: ReadonlyMap<string, Variable | undefined>;
}

function variablesAfter(known: Frame | undefined, { changed = [], removed = [] }: Step) {
  if (known && changed.length === 0 && removed.length === 0) return known.variables;
  const variables = new Map(known?.variables);
  for (const name of removed) variables.delete(name);
  for (const variable of changed) variables.set(variable.name, variable);
  return variables;
}

/** Replays a trace once; what did not change is shared between the moments. */
export function replay(steps: readonly Step[]): Moment[] {
  let frames: readonly Frame[] = [];
  return steps.map((step) => {
    // Steps come out of learners' code, which may tell any depth.
    const outer = Math.max(0, Math.min(step.depth - 1, frames.length));
    const known = step.event === 'call' ? undefined : frames[outer];
    const frame = { function: step.function, line: step.line, variables: variablesAfter(known, step) };
    frames = [...frames.slice(0, outer), frame];
    const changed = step.event === 'call' ? [] : (step.changed ?? []);
    return { step, frames, before: new Map(changed.map(({ name }) => [name, known?.variables.get(name)])) };
  });
}

/** The position after everything that is called at this one. */
export function stepOver(moments: readonly Moment[], position: number): number {
  const depth = moments[position]?.frames.length ?? 0;
  const next = moments.findIndex(({ frames }, index) => index > position && frames.length <= depth);
  return next === -1 ? moments.length - 1 : next;
}
