import type { Step } from '@/api/types';
import { useAppTheme } from '@/theme/theme';

/** How a step looks; `waiting` is a call that waits for another. */
export type Tone = Step['event'] | 'waiting';

/** An exception that leaves a function is no good end of it. */
export const toneOf = ({ event, text }: Step): Tone =>
  event === 'return' && text == null ? 'exception' : event;

interface ToneColors {
  background: string;
  mark: string;
  text: string;
}

export function useToneColors(): Record<Tone, ToneColors> {
  const { palette } = useAppTheme();
  const running = {
    background: palette.primaryContainer,
    mark: palette.primary,
    text: palette.onPrimaryContainer,
  };
  return {
    line: running,
    call: running,
    return: {
      background: palette.secondaryContainer,
      mark: palette.secondary,
      text: palette.onSecondaryContainer,
    },
    exception: { background: palette.errorContainer, mark: palette.error, text: palette.onErrorContainer },
    waiting: { background: palette.surfaceVariant, mark: palette.outline, text: palette.onSurfaceVariant },
  };
}
