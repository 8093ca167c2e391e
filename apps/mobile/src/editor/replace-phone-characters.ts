import { isolateHistory } from '@codemirror/commands';
import { ChangeSet, type EditorState, type TransactionSpec } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Language } from '@/api/types';
import type { PhoneCharacter } from '@/lib/phone-characters';
import { type CodeChange, phoneCharacterChanges } from './phone-character-changes';

/**
 * Replaces all that a phone's keyboard wrote for characters of the language, as one step to undo. The cursor then
 * stands behind the first replacement of the line that was blamed.
 */
export function replacePhoneCharacters(
  state: EditorState,
  language: Language,
  blamed: PhoneCharacter,
  line: number,
): TransactionSpec {
  const changes = phoneCharacterChanges(state.doc.toString(), language, blamed);
  const { from: start } = state.doc.line(Math.max(1, Math.min(line, state.doc.lines)));
  const cursor = ChangeSet.of(changes, state.doc.length).mapPos(cursorAmong(changes, start), 1);
  return {
    changes,
    selection: { anchor: cursor },
    effects: EditorView.scrollIntoView(cursor, { y: 'center' }),
    annotations: isolateHistory.of('full'),
    userEvent: 'input.replace',
  };
}

const cursorAmong = (changes: CodeChange[], start: number) =>
  (changes.find(({ from }) => from >= start) ?? changes.at(-1))?.to ?? start;
