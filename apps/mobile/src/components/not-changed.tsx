import { describeFailure, failureFromError } from '@/api/failure';
import { Text } from '@/components/text';
import { useAppTheme } from '@/theme/theme';

interface NotChangedProps {
  error: Error | null;
  testID: string;
}

/** Says why a setting is as it was before. */
export function NotChanged({ error, testID }: NotChangedProps) {
  const { palette } = useAppTheme();
  if (!error) return null;
  return (
    <Text variant="bodySmall" style={{ color: palette.error }} accessibilityRole="alert" testID={testID}>
      Nothing was changed. {describeFailure(failureFromError(error)).title}.
    </Text>
  );
}
