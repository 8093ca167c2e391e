import { StyleSheet, Text } from 'react-native';
import type { Language } from '@/api/types';
import { codeFontFamily, useAppTheme } from '@/theme/theme';
import { CodeFrame } from './code-frame';
import { CodeLine } from './code-line';
import { useHighlighted } from './use-highlighted';

interface CodeBlockProps {
  code: string;
  language: Language;
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
            <CodeLine pieces={pieces} />
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
