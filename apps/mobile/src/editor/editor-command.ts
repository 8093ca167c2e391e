import type { PhoneCharacter } from '@/lib/phone-characters';
import type { Edit } from './code-edits';
import type { LineAction } from './line-edits';
import type { Offers } from './token-offers';

/** What fits the code as it is; the version tells whether it still is. */
export interface VersionedOffers extends Offers {
  version: number;
}

/** What the palette and the screen ask of the editor. */
export type EditorAction =
  | { kind: 'edit'; edit: Edit; version: number }
  | { kind: LineAction }
  | { kind: 'undo' | 'redo' | 'left' | 'right' | 'backspace' | 'widen' }
  | { kind: 'go-to-line'; line: number }
  | { kind: 'set-code'; code: string }
  | { kind: 'replace-phone-characters'; blamed: PhoneCharacter; line: number };

/** An action to take once: the number tells a repeated action from one that was taken already. */
export interface EditorCommand {
  number: number;
  action: EditorAction;
}
