import { Pressable, StyleSheet } from 'react-native';
import { Text } from '@/components/text';
import { useAccountLinks } from '@/lib/account-links';
import { trialNote } from '@/lib/trial';
import { touchTarget, useAppTheme } from '@/theme/theme';

interface TrialNoteProps {
  /** Null or undefined: not a trial, or not known. */
  remaining: number | null | undefined;
  prefix: string;
}

/** A quiet line that says how much of the trial is left, and leads to an account. */
export function TrialNote({ remaining, prefix }: TrialNoteProps) {
  const { palette } = useAppTheme();
  const { signUp } = useAccountLinks();
  const color = palette.onSurfaceVariant;
  if (remaining == null) {
    return (
      <Text variant="bodySmall" numberOfLines={1} style={{ color }}>
        {prefix}
      </Text>
    );
  }
  return (
    <Pressable
      accessibilityRole="link"
      accessibilityLabel={`${prefix}, ${trialNote(remaining)}. Sign up`}
      onPress={signUp}
      testID="trial-note"
      style={styles.link}
    >
      <Text variant="bodySmall" style={{ color }}>
        {prefix} · {trialNote(remaining)} ·{' '}
        <Text variant="bodySmall" style={[styles.action, { color: palette.primary }]}>
          Sign up
        </Text>
      </Text>
    </Pressable>
  );
}

const lineHeight = 16;

const styles = StyleSheet.create({
  // As large as a finger, without taking more room than its lines.
  link: {
    alignSelf: 'flex-start',
    maxWidth: '100%',
    paddingVertical: (touchTarget - lineHeight) / 2,
    marginVertical: (lineHeight - touchTarget) / 2,
  },
  action: { fontWeight: '700' },
});
