import { useEffect, useState } from 'react';
import type { Language } from '@/api/types';
import type { CodePiece } from '@/editor/highlight';
import { loadEditor } from '@/editor/load-editor';
import { quickHighlight } from '@/editor/quick-highlight';

/** Colours code: by its words at once, and as the editor does when its parsers, a chunk of its own, are there. */
export function useHighlighted(code: string, language: Language): CodePiece[][] {
  const [lines, setLines] = useState(() => quickHighlight(code, language));
  useEffect(() => {
    let isCurrent = true;
    loadEditor().then(
      ({ highlight }) => isCurrent && setLines(highlight(code, language)),
      () => isCurrent && setLines(quickHighlight(code, language)),
    );
    return () => {
      isCurrent = false;
    };
  }, [code, language]);
  return lines;
}
