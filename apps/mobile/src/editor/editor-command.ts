import type { PhoneCharacter } from '@/lib/phone-characters';
import type { PaletteKey } from './palette-keys';

/** What the palette and the screen ask of the editor. */
export type EditorAction =
  | { kind: 'press'; key: PaletteKey }
  | {
      kind:
        | 'undo'
        | 'redo'
        | 'left'
        | 'right'
        | 'up'
        | 'down'
        | 'indent'
        | 'dedent'
        | 'backspace'
        | 'select-token';
    }
  | { kind: 'go-to-line'; line: number }
  | { kind: 'set-code'; code: string }
  | { kind: 'replace-phone-characters'; blamed: PhoneCharacter; line: number };

/** An action to take once: the number tells a repeated action from one that was taken already. */
export interface EditorCommand {
  number: number;
  action: EditorAction;
}
