import { StyleSheet, View } from 'react-native';
import type { Snippet } from '@/api/types';
import { BottomSheet } from '@/components/bottom-sheet';
import { Button } from '@/components/button';
import { Icon } from '@/components/icon/icon';
import { countAttempts, describePreliminary } from '@/components/offline/describe-attempts';
import { Text } from '@/components/text';
import { useMyAttempts } from '@/offline/attempts/attempts';
import { radius, spacing, useAppTheme } from '@/theme/theme';
import type { DrillState } from './use-drill';
import { useGoOn } from './use-go-on';

interface QueuedSheetProps {
  snippet: Snippet;
  drill: DrillState;
}

/** Says that a submission is kept on this device, and what is known of it until the server has judged it. */
export function QueuedSheet({ snippet, drill }: QueuedSheetProps) {
  const { preliminary } = drill;
  return (
    <BottomSheet
      isOpen={drill.sheet === 'queued'}
      title="Not sent yet"
      onClose={() => drill.setSheet(null)}
      testID="queued-sheet"
      footer={<WaysOn snippet={snippet} drill={drill} />}
    >
      <Waiting />
      {preliminary && <Preliminary snippet={snippet} drill={drill} />}
    </BottomSheet>
  );
}

function Waiting() {
  const { palette } = useAppTheme();
  const count = useMyAttempts().pending.length;
  return (
    <View style={[styles.box, { backgroundColor: palette.primaryContainer }]} accessibilityRole="alert">
      <Icon name="cloud-off-outline" color={palette.onPrimaryContainer} size={28} />
      <View style={styles.texts}>
        <Text variant="titleMedium" style={[styles.title, { color: palette.onPrimaryContainer }]}>
          It counts once you are online
        </Text>
        <Text variant="bodyMedium" style={{ color: palette.onPrimaryContainer }}>
          Your code is saved on this device, with the time, and is sent by itself.
          {count > 1 && ` ${countAttempts(count)} are waiting.`}
        </Text>
      </View>
    </View>
  );
}

function Preliminary({ snippet, drill }: QueuedSheetProps) {
  const { passed, total } = drill.preliminary ?? {};
  const text = describePreliminary({ passed: passed ?? 0, total: total ?? 0 }, snippet.hidden_test_count);
  return (
    <View style={styles.preliminary} testID="preliminary">
      <Text variant="bodyMedium">{text} Its verdict is the one that counts.</Text>
      <Button mode="outlined" onPress={() => drill.setSheet('results')} testID="show-preliminary">
        Show the tests
      </Button>
    </View>
  );
}

function WaysOn({ snippet, drill }: QueuedSheetProps) {
  const { goOn, isAsking } = useGoOn(snippet);
  const hasFailed = drill.preliminary?.is_correct === false;
  return (
    <>
      <Button
        mode={hasFailed ? 'outlined' : 'contained'}
        icon="arrow-right"
        loading={isAsking}
        disabled={isAsking}
        onPress={goOn}
        testID="next-button"
      >
        Next drill
      </Button>
      <Button
        mode={hasFailed ? 'contained' : 'text'}
        onPress={() => drill.setSheet(null)}
        testID="back-to-code"
      >
        Back to the code
      </Button>
    </>
  );
}

const styles = StyleSheet.create({
  box: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    borderRadius: radius.m,
    padding: spacing.l,
  },
  texts: { flex: 1, minWidth: 0, gap: spacing.xs },
  title: { fontWeight: '700' },
  preliminary: { gap: spacing.m },
});
