import { useEffect, useState } from 'react';
import type { Language } from '@/api/types';
import type { CodePiece } from '@/editor/highlight';
import { loadEditor } from '@/editor/load-editor';

function plainLines(code: string): CodePiece[][] {
  return code.split('\n').map((text) => [{ text, kind: null }]);
}

/** Colours code once the highlighter, a chunk of its own, is there. */
export function useHighlighted(code: string, language: Language): CodePiece[][] {
  const [lines, setLines] = useState(() => plainLines(code));
  useEffect(() => {
    let isCurrent = true;
    loadEditor().then(
      ({ highlight }) => isCurrent && setLines(highlight(code, language)),
      () => isCurrent && setLines(plainLines(code)),
    );
    return () => {
      isCurrent = false;
    };
  }, [code, language]);
  return lines;
}
