import { StyleSheet, View } from 'react-native';
import { Button, Text } from 'react-native-paper';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import { BottomSheet } from '@/components/bottom-sheet';
import { Card } from '@/components/card';
import { SnippetRow } from '@/components/snippet-row';
import { markBySlug } from '@/lib/practice';
import { useSnippetMarks } from '@/state/queries/progress';
import { useSnippetsBySlug } from '@/state/queries/snippets';
import { contentWidth, spacing, useAppTheme } from '@/theme/theme';

/** Takes the place of the buttons on a snippet that the trial doesn't cover. */
export function TrialEndedBar({ onPress }: { onPress: () => void }) {
  const { palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  return (
    <View
      style={{ backgroundColor: palette.accentContainer, paddingBottom: insets.bottom }}
      testID="trial-ended"
    >
      <View style={styles.bar}>
        <Text variant="bodyMedium" style={[styles.barText, { color: palette.onAccentContainer }]}>
          Your trial snippets are used. This one can be read, but not run.
        </Text>
        <Button mode="contained" onPress={onPress}>
          My snippets
        </Button>
      </View>
    </View>
  );
}

interface TrialSheetProps {
  isOpen: boolean;
  onClose: () => void;
}

export function TrialSheet({ isOpen, onClose }: TrialSheetProps) {
  return (
    <BottomSheet isOpen={isOpen} title="Your trial snippets are used" onClose={onClose} testID="trial-sheet">
      {isOpen && <TrialSnippets onChoose={onClose} />}
    </BottomSheet>
  );
}

function TrialSnippets({ onChoose }: { onChoose: () => void }) {
  const { palette } = useAppTheme();
  const marks = markBySlug(useSnippetMarks().data?.data);
  const snippets = useSnippetsBySlug([...marks.keys()]);
  return (
    <>
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        These snippets of your trial stay yours: practise them as often as you like. Sign-up is not available
        on this server yet.
      </Text>
      <Card style={styles.list}>
        {snippets.map((snippet, index) => (
          <SnippetRow
            key={snippet.slug}
            snippet={snippet}
            mark={marks.get(snippet.slug)}
            isFirst={index === 0}
            onPress={onChoose}
          />
        ))}
      </Card>
    </>
  );
}

const styles = StyleSheet.create({
  bar: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    padding: spacing.m,
    width: '100%',
    maxWidth: contentWidth,
    alignSelf: 'center',
  },
  barText: { flex: 1 },
  list: { padding: 0, gap: 0, overflow: 'hidden' },
});
