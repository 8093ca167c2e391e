import { Text } from '@/components/text';
import { describeDayCounted } from '@/lib/describe-streak';
import { useShowsStreak } from '@/state/queries/account';
import { useActivity } from '@/state/queries/progress';
import { useAppTheme } from '@/theme/theme';

/** Says that a solve made the day count, as soon as the server says so. */
export function DayCounted() {
  const { palette } = useAppTheme();
  // What was known before the solve is stale by it; what is known then stays, however long it is read.
  const { data, isFetching, isStale } = useActivity({ staleTime: Number.POSITIVE_INFINITY });
  const isShown = useShowsStreak();
  const words = isShown && data && !isFetching && !isStale ? describeDayCounted(data) : null;
  if (!words) return null;
  return (
    <Text variant="bodyMedium" style={{ color: palette.onSecondaryContainer }} testID="day-counted">
      {words}
    </Text>
  );
}
