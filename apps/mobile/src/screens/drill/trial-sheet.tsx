import { StyleSheet, View } from 'react-native';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import { BottomSheet } from '@/components/bottom-sheet';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { SnippetRow } from '@/components/snippet-row';
import { Text } from '@/components/text';
import { useAccountLinks } from '@/lib/account-links';
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
        <Button mode="contained" onPress={onPress} testID="go-on">
          Go on
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
  const { signUp, logIn } = useAccountLinks();
  const closing = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <BottomSheet
      isOpen={isOpen}
      title="Your trial snippets are used"
      onClose={onClose}
      testID="trial-sheet"
      footer={
        <>
          <Button mode="contained" onPress={closing(signUp)} testID="trial-sign-up">
            Sign up
          </Button>
          <Button onPress={closing(logIn)} testID="trial-log-in">
            You have an account? Log in
          </Button>
        </>
      }
    >
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
        With an account all snippets are open to you, and what you did comes along. These of your trial stay
        yours in any case: practise them as often as you like.
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
