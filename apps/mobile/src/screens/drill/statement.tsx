import { useState } from 'react';
import { Pressable, ScrollView, StyleSheet, useWindowDimensions, View } from 'react-native';
import type { Language, Snippet, VisibleTest } from '@/api/types';
import { Icon } from '@/components/icon/icon';
import { Markdown } from '@/components/markdown/markdown';
import { Text } from '@/components/text';
import { answeringOperations, callOutcomes } from '@/lib/call-outcomes';
import { formatInput, formatValue } from '@/lib/format-value';
import { codeFontFamily, contentWidth, radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';

/** The statement scrolls beyond this height, so that on any screen some of the code is in sight. */
const largestHeight = (screenHeight: number) => Math.max(96, 0.8 * (screenHeight - 560));

const exampleCount = 2;

interface StatementProps {
  snippet: Snippet;
  /** Whether it may use all the height there is, as beside the code. */
  isFilling: boolean;
  /** When this becomes true it folds. It can be opened again. */
  makesRoom: boolean;
}

export function Statement({ snippet, isFilling, makesRoom }: StatementProps) {
  const { palette } = useAppTheme();
  const { height } = useWindowDimensions();
  const [isOpen, setOpen] = useState(true);
  const [hasMadeRoom, setMadeRoom] = useState(false);
  if (makesRoom && !hasMadeRoom) {
    setMadeRoom(true);
    setOpen(false);
  }
  const answering = answeringOperations(snippet.tests);
  return (
    <View style={[styles.statement, isFilling && styles.filling]}>
      <Pressable
        testID="statement-toggle"
        accessibilityRole="button"
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
        style={styles.toggle}
      >
        <Text variant="titleSmall" style={styles.title}>
          What it should do
        </Text>
        <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} color={palette.onSurfaceVariant} />
      </Pressable>
      {isOpen && (
        <ScrollView
          tabIndex={0}
          aria-label="What it should do"
          role="region"
          style={isFilling ? styles.filling : { maxHeight: largestHeight(height) }}
          contentContainerStyle={styles.content}
        >
          <Markdown source={snippet.description} />
          {snippet.tests.slice(0, exampleCount).map((test) => (
            <Example key={test.test_case} test={test} answering={answering} language={snippet.language} />
          ))}
        </ScrollView>
      )}
    </View>
  );
}

interface ExampleProps {
  test: VisibleTest;
  answering: ReadonlySet<string>;
  language: Language;
}

function Example({ test, answering, language }: ExampleProps) {
  const { palette } = useAppTheme();
  const outcomes = callOutcomes(test, undefined, answering, language);
  const lines = outcomes?.map(({ call, expected }) => ({ text: call, result: expected })) ?? [
    { text: formatInput(test.input ?? {}, language), result: null },
    { text: '', result: formatValue(test.expected, language) },
  ];
  return (
    <View style={[styles.example, { backgroundColor: palette.surface, borderColor: palette.outlineVariant }]}>
      <Text variant="labelSmall" style={{ color: palette.onSurfaceVariant }}>
        Test {test.test_case}
      </Text>
      {lines.map(({ text, result }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one test never move
        <Text key={index} style={[styles.code, { color: palette.onSurface }]}>
          {text}
          {result !== null && (
            <Text style={[styles.code, { color: palette.secondary }]}>
              {text && ' '}→ {result}
            </Text>
          )}
        </Text>
      ))}
    </View>
  );
}

const styles = StyleSheet.create({
  statement: { width: '100%', maxWidth: contentWidth, alignSelf: 'center' },
  filling: { flex: 1, minHeight: 0 },
  toggle: {
    flexDirection: 'row',
    alignItems: 'center',
    minHeight: touchTarget,
    paddingHorizontal: spacing.l,
  },
  title: { flex: 1, fontWeight: '700' },
  content: { paddingHorizontal: spacing.l, paddingBottom: spacing.m, gap: spacing.m },
  example: { borderRadius: radius.m, borderWidth: 1, padding: spacing.m, gap: 2 },
  code: { fontFamily: codeFontFamily, fontSize: 13, lineHeight: 19 },
});
