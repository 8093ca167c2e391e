import { layer, RectangleMarker } from '@codemirror/view';
import type { Language } from '@/api/types';
import { readingOf } from './editor-reading';
import { expressionSpanning } from './terms';
import { tokenSpanning } from './tokens';

/** A frame around the token or expression that is selected, which is there without a keyboard and focus, too. */
export const markedToken = (language: Language) =>
  layer({
    above: true,
    class: 'cm-markedTokens',
    update: (update) =>
      update.docChanged || update.selectionSet || update.geometryChanged || update.viewportChanged,
    markers: (view) => {
      const range = view.state.selection.main;
      if (range.empty) return [];
      const reading = readingOf(view.state, language);
      const isUnit = tokenSpanning(reading, range) ?? expressionSpanning(reading, range);
      return isUnit ? RectangleMarker.forRange(view, 'cm-markedToken', range) : [];
    },
  });
