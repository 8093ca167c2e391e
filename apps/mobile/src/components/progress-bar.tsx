import { StyleSheet, View } from 'react-native';
import { radius, useAppTheme } from '@/theme/theme';

interface ProgressBarProps {
  done: number;
  total: number;
  label: string;
}

export function ProgressBar({ done, total, label }: ProgressBarProps) {
  const { palette } = useAppTheme();
  const share = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <View
      style={[styles.track, { backgroundColor: palette.surfaceVariant }]}
      accessibilityRole="progressbar"
      accessibilityLabel={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
    >
      <View style={[styles.fill, { width: `${share * 100}%`, backgroundColor: palette.secondary }]} />
    </View>
  );
}

const styles = StyleSheet.create({
  track: { height: 6, borderRadius: radius.pill, overflow: 'hidden' },
  fill: { height: '100%', borderRadius: radius.pill },
});
