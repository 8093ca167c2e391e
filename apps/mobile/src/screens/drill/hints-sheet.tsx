import { useState } from 'react';
import { StyleSheet, View } from 'react-native';
import type { Snippet } from '@/api/types';
import { BottomSheet } from '@/components/bottom-sheet';
import { Button } from '@/components/button';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ListenButton } from '@/components/listen-button';
import { Markdown } from '@/components/markdown/markdown';
import { Text } from '@/components/text';
import { radius, spacing, useAppTheme } from '@/theme/theme';
import type { DrillState } from './use-drill';

interface HintsSheetProps {
  snippet: Snippet;
  drill: DrillState;
}

/** What each hint gives away, told before it is shown. */
const hintOffers = [
  'A nudge: what has to hold, without saying where it breaks.',
  'The place: where to look.',
  'The cause: what is wrong there.',
];

export function HintsSheet({ snippet, drill }: HintsSheetProps) {
  const { palette } = useAppTheme();
  const [isAsking, setAsking] = useState(false);
  const { hints } = drill;
  const close = () => drill.setSheet(null);
  return (
    <>
      <BottomSheet
        isOpen={drill.sheet === 'hints' && !isAsking}
        title="Hints"
        onClose={close}
        testID="hints-sheet"
        footer={
          <Button
            mode="text"
            textColor={palette.error}
            icon="flag-outline"
            loading={drill.isGivingUp}
            disabled={drill.isGivingUp}
            onPress={() => setAsking(true)}
            testID="give-up-button"
          >
            Give up and see the solution
          </Button>
        }
      >
        {hints.map((hint, index) => (
          <HintCard key={hint} number={index + 1} text={hint} />
        ))}
        {hints.length < snippet.hint_count && (
          <NextHint
            number={hints.length + 1}
            isLoading={drill.isRevealing}
            onReveal={() => drill.revealHint(hints.length + 1)}
          />
        )}
      </BottomSheet>
      <ConfirmDialog
        isOpen={isAsking}
        title="Give up this one?"
        message="You'll see the fix and why it works. The pattern comes back to you soon."
        confirmLabel="Give up"
        onClose={() => setAsking(false)}
        onConfirm={() => drill.giveUp()}
      />
    </>
  );
}

function HintCard({ number, text }: { number: number; text: string }) {
  const { palette } = useAppTheme();
  return (
    <View style={[styles.hint, { backgroundColor: palette.accentContainer }]} testID={`hint-${number}`}>
      <View style={styles.head}>
        <Text variant="labelMedium" style={[styles.number, { color: palette.onAccentContainer }]}>
          Hint {number}
        </Text>
        <ListenButton text={text} label={`hint ${number}`} color={palette.onAccentContainer} />
      </View>
      <Markdown source={text} />
    </View>
  );
}

interface NextHintProps {
  number: number;
  isLoading: boolean;
  onReveal: () => void;
}

function NextHint({ number, isLoading, onReveal }: NextHintProps) {
  const { palette } = useAppTheme();
  return (
    <View style={[styles.hint, styles.next, { borderColor: palette.outline }]}>
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        {hintOffers[number - 1]}
      </Text>
      <Button
        mode="contained-tonal"
        icon="lightbulb-on-outline"
        loading={isLoading}
        disabled={isLoading}
        onPress={onReveal}
        testID="reveal-hint-button"
      >
        Show hint {number}
      </Button>
    </View>
  );
}

const styles = StyleSheet.create({
  hint: { borderRadius: radius.m, padding: spacing.l, gap: spacing.s },
  // The button is larger than what it shows.
  head: { flexDirection: 'row', alignItems: 'center', marginVertical: -spacing.m, marginRight: -spacing.m },
  number: { flex: 1, fontWeight: '700' },
  next: { borderWidth: 1, borderStyle: 'dashed', gap: spacing.m },
});
