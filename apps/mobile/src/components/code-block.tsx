import { useEffect, useState } from 'react';
import { StyleSheet, Text } from 'react-native';
import type { Language } from '@/api/types';
import type { CodePiece } from '@/editor/highlight';
import { loadEditor } from '@/editor/load-editor';
import { codeFontFamily, useAppTheme } from '@/theme/theme';
import { CodeFrame } from './code-frame';

interface CodeBlockProps {
  code: string;
  language: Language;
}

function plainLines(code: string): CodePiece[][] {
  return code.split('\n').map((text) => [{ text, kind: null }]);
}

/** Colours code once the highlighter, a chunk of its own, is there. */
function useHighlighted(code: string, language: Language): CodePiece[][] {
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

export function CodeBlock({ code, language }: CodeBlockProps) {
  const { palette } = useAppTheme();
  const lines = useHighlighted(code.trimEnd(), language);
  return (
    <CodeFrame>
      <Text style={[styles.code, { color: palette.code.text }]}>
        {lines.map((pieces, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of shown code never move
          <Text key={index}>
            {pieces.map((piece, position) => (
              <Text
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of shown code never move
                key={position}
                style={piece.kind && { color: palette.code[piece.kind] }}
              >
                {piece.text}
              </Text>
            ))}
            {index < lines.length - 1 ? '\n' : ''}
          </Text>
        ))}
      </Text>
    </CodeFrame>
  );
}

const styles = StyleSheet.create({
  code: { fontFamily: codeFontFamily, fontSize: 14, lineHeight: 21 },
});
