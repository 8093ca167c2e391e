import { useMemo } from 'react';
import { StyleSheet, View } from 'react-native';
import { CodeFrame } from '@/components/code-frame';
import { SegmentedText } from '@/components/segmented-text';
import { Text } from '@/components/text';
import { type Change, compareCode, type DiffLine } from '@/lib/diff';
import { codeFontFamily, spacing, useAppTheme } from '@/theme/theme';

interface CodeDiffProps {
  before: string;
  after: string;
}

const signs: Record<Change, string> = { same: ' ', removed: '−', added: '+' };
const spoken: Record<Change, string> = { same: '', removed: 'removed: ', added: 'added: ' };

/** The whole function, with the lines that change. */
export function CodeDiff({ before, after }: CodeDiffProps) {
  const lines = useMemo(() => compareCode(before, after), [before, after]);
  return (
    <CodeFrame isEdgeToEdge>
      <View style={styles.lines}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one comparison never move
          <Line key={index} line={line} />
        ))}
      </View>
    </CodeFrame>
  );
}

function Line({ line }: { line: DiffLine }) {
  const { palette } = useAppTheme();
  const { change, segments } = line;
  const backgrounds: Record<Change, string> = {
    same: 'transparent',
    removed: palette.code.removed,
    added: palette.code.added,
  };
  return (
    <View
      role="group"
      style={[styles.line, { backgroundColor: backgrounds[change] }]}
      accessibilityLabel={`${spoken[change]}${segments.map((segment) => segment.text).join('')}`}
    >
      <Text style={[styles.sign, { color: palette.code.gutter }]}>{signs[change]}</Text>
      <SegmentedText
        segments={segments}
        color={palette.code.text}
        markColor={change === 'removed' ? palette.code.removedMark : palette.code.addedMark}
      />
    </View>
  );
}

const styles = StyleSheet.create({
  lines: { flexGrow: 1 },
  line: { flexDirection: 'row', paddingHorizontal: spacing.s, minHeight: 20 },
  sign: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 20, width: 18 },
});
