import { useEffect, useEffectEvent } from 'react';
import type { DrillState } from './use-drill';

/** Ctrl or Cmd with Enter runs the code, with Shift too it is submitted, from wherever the focus is. */
export function useShortcuts(drill: Pick<DrillState, 'run' | 'submit' | 'sheet'>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || event.repeat) return;
    // What lies above the code has keys of its own.
    if (drill.sheet !== null) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) drill.submit();
    else drill.run();
  });
  useEffect(() => {
    // Before the editor, to which Ctrl with Enter means a new line.
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, []);
}
