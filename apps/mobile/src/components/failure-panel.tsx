import { useEffect, useState } from 'react';
import { StyleSheet, View } from 'react-native';
import { describeFailure, type Failure, failureFromError } from '@/api/failure';
import { Button } from '@/components/button';
import { Icon } from '@/components/icon/icon';
import { Text } from '@/components/text';
import { spacing, useAppTheme } from '@/theme/theme';

interface FailurePanelProps {
  error: Error;
  onRetry: () => void;
}

/** Counts down to zero, a second at a time. */
function useCountdown(seconds: number): number {
  const [end] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 500);
    return () => clearInterval(timer);
  }, [end]);
  return left;
}

const needsConnection = ({ kind }: Failure) => kind === 'offline' || kind === 'cannot-run-offline';

/** Says in plain words why something can't be shown, and offers to try again. */
export function FailurePanel({ error, onRetry }: FailurePanelProps) {
  const failure = failureFromError(error);
  const seconds = failure.kind === 'rate-limited' ? failure.seconds : 0;
  return (
    <FailureMessage key={error.message + seconds} failure={failure} seconds={seconds} onRetry={onRetry} />
  );
}

interface FailureMessageProps {
  failure: Failure;
  seconds: number;
  onRetry: () => void;
}

function FailureMessage({ failure, seconds, onRetry }: FailureMessageProps) {
  const { palette } = useAppTheme();
  const left = useCountdown(seconds);
  const { title, message } = describeFailure(failure);
  return (
    <View style={styles.panel} accessibilityRole="alert" testID="failure">
      <Icon
        name={needsConnection(failure) ? 'cloud-off-outline' : 'alert-circle-outline'}
        color={palette.accent}
        size={40}
      />
      <Text variant="titleMedium" style={styles.text}>
        {title}
      </Text>
      <Text variant="bodyMedium" style={[styles.text, { color: palette.onSurfaceVariant }]}>
        {message}
      </Text>
      {failure.kind !== 'logged-out' && (
        <Button mode="contained-tonal" onPress={onRetry} disabled={left > 0} testID="retry-button">
          {left > 0 ? `Try again in ${left} s` : 'Try again'}
        </Button>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  panel: { alignItems: 'center', gap: spacing.m, padding: spacing.xl },
  text: { textAlign: 'center', maxWidth: 360 },
});
