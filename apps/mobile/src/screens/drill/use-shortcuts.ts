import type { DrillState } from './use-drill';

/** Phones have no keyboard that has shortcuts. */
export function useShortcuts(_drill: Pick<DrillState, 'run' | 'submit' | 'sheet'>): void {}
