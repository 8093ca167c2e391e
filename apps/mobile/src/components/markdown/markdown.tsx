import { useMemo } from 'react';
import { Text as PlainText, StyleSheet, View } from 'react-native';
import { CodeFrame } from '@/components/code-frame';
import { Text } from '@/components/text';
import { codeFontFamily, spacing, useAppTheme } from '@/theme/theme';
import { type Block, type Inline, parseMarkdown } from './parse-markdown';

interface MarkdownProps {
  source: string;
}

export function Markdown({ source }: MarkdownProps) {
  const blocks = useMemo(() => parseMarkdown(source), [source]);
  return (
    <View style={styles.blocks}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text never move
        <MarkdownBlock key={index} block={block} />
      ))}
    </View>
  );
}

function MarkdownBlock({ block }: { block: Block }) {
  const { palette } = useAppTheme();
  switch (block.kind) {
    case 'paragraph':
      return <InlineText content={block.content} />;
    case 'heading':
      return <InlineText content={block.content} isHeading />;
    case 'code':
      return (
        <CodeFrame>
          <Text style={[styles.codeText, { color: palette.code.text }]}>{block.text}</Text>
        </CodeFrame>
      );
    case 'list':
      return (
        <View style={styles.list}>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items of one text never move
            <View key={index} style={styles.item}>
              <Text style={[styles.marker, { color: palette.secondary }]}>
                {block.isOrdered ? `${index + 1}.` : '•'}
              </Text>
              <View style={styles.itemText}>
                <InlineText content={item} />
              </View>
            </View>
          ))}
        </View>
      );
  }
}

function InlineText({ content, isHeading = false }: { content: Inline[]; isHeading?: boolean }) {
  const { palette } = useAppTheme();
  const inlineStyles = {
    plain: undefined,
    strong: styles.strong,
    emphasis: styles.emphasis,
    code: [styles.inlineCode, { backgroundColor: palette.surfaceVariant }],
  };
  return (
    <Text variant={isHeading ? 'titleMedium' : 'bodyMedium'} style={isHeading ? undefined : styles.text}>
      {content.map(({ text, style }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
        <PlainText key={index} style={inlineStyles[style]}>
          {text}
        </PlainText>
      ))}
    </Text>
  );
}

const styles = StyleSheet.create({
  blocks: { gap: spacing.m },
  text: { fontSize: 15, lineHeight: 23, letterSpacing: 0.1 },
  strong: { fontWeight: '700' },
  emphasis: { fontStyle: 'italic' },
  inlineCode: { fontFamily: codeFontFamily, fontSize: 13.5, borderRadius: 4, paddingHorizontal: 4 },
  codeText: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 20 },
  list: { gap: spacing.s },
  item: { flexDirection: 'row', gap: spacing.s },
  marker: { fontSize: 15, lineHeight: 23, minWidth: 12 },
  itemText: { flex: 1 },
});
