import type { EditorState, Text } from '@codemirror/state';
import type { Language } from '@/api/types';
import { type Reading, readCode } from './tokens';

const readings = new WeakMap<Text, Reading>();

/** The tokens of what is in the editor, read once for each of its versions. */
export function readingOf({ doc }: EditorState, language: Language): Reading {
  const reading = readings.get(doc) ?? readCode(doc.toString(), language);
  readings.set(doc, reading);
  return reading;
}
