import { Text } from 'react-native-paper';
import { trialNote } from '@/lib/trial';
import { useAppTheme } from '@/theme/theme';

interface TrialNoteProps {
  /** Null or undefined: not a trial, or not known. */
  remaining: number | null | undefined;
  prefix: string;
}

/** A quiet line that says how much of the trial is left. */
export function TrialNote({ remaining, prefix }: TrialNoteProps) {
  const { palette } = useAppTheme();
  return (
    <Text variant="bodySmall" numberOfLines={1} style={{ color: palette.onSurfaceVariant }}>
      {remaining == null ? prefix : `${prefix} · ${trialNote(remaining)}`}
    </Text>
  );
}
