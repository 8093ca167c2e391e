import { type Edit, insertAt, replace } from './code-edits';
import type { Reading, Span } from './tokens';

/** One key of the bar: what it shows, what it is called, and what it does. */
export interface Offer {
  label: string;
  spoken: string;
  /** Whether the label is code, and not a verb. */
  isCode: boolean;
  edit: Edit;
}

export const codeOffer = (label: string, spoken: string, edit: Edit): Offer => ({
  label,
  spoken,
  isCode: true,
  edit,
});

export const verbOffer = (label: string, spoken: string, edit: Edit): Offer => ({
  label,
  spoken,
  isCode: false,
  edit,
});

/** Other texts in the place of the selected one. */
export const instead = (span: Span, texts: string[], current: string): Offer[] =>
  texts
    .filter((text) => text !== current)
    .map((text) => codeOffer(text, `Replace by ${text}`, replace(span, text)));

/** Texts at a cursor. */
export const written = (reading: Reading, position: number, texts: readonly string[]): Offer[] =>
  texts.map((text) => codeOffer(text, `Write ${text}`, insertAt(reading, position, text)));
