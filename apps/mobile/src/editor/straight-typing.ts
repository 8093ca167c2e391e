import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Language } from '@/api/types';
import { meaningOf } from '@/lib/phone-characters';
import { isOpenString, quoteOf, textBeingTyped } from './text-regions';

const patienceMilliseconds = 50;

/**
 * What to write for a single character that replaces a part of the code; null if it is right as it is. In a string or
 * comment it is, but for the quote that ends a string: who means another one types it when the string has its end.
 */
export function straightened(
  state: EditorState,
  language: Language,
  { from, to, typed }: { from: number; to: number; typed: string },
): string | null {
  const meant = meaningOf(typed, language);
  if (!meant) return null;
  const tree = ensureSyntaxTree(state, state.doc.length, patienceMilliseconds);
  if (!tree) return null;
  const code = state.doc.toString();
  const text = textBeingTyped(tree, code, from);
  if (text) return quoteOf(text, code) === meant && isOpenString(text, code) ? meant : null;
  // Of a second hyphen the keyboard makes a dash that takes the place of both.
  return meant === '-' && state.sliceDoc(from, to) === '-' ? '--' : meant;
}

/**
 * Keyboards that heed no attribute of the editor, and those of languages whose punctuation is another, type what no
 * compiler reads. While a text is being composed the keyboard owns it: what comes of it is not touched.
 */
export const straightTyping = (language: Language): Extension =>
  EditorView.inputHandler.of((view, from, to, typed) => {
    const { state } = view;
    if (view.composing || view.compositionStarted || state.readOnly || state.selection.ranges.length > 1) {
      return false;
    }
    const insert = straightened(state, language, { from, to, typed });
    if (insert === null) return false;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      userEvent: 'input.type',
      scrollIntoView: true,
    });
    return true;
  });
