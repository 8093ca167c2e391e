import { StyleSheet, View } from 'react-native';
import { radius, useAppTheme } from '@/theme/theme';

const levels = [1, 2, 3, 4, 5];

/** How well a pattern is remembered, from 0 to 5. */
export function MasteryPips({ level }: { level: number }) {
  const { palette } = useAppTheme();
  return (
    <View
      style={styles.pips}
      accessible
      accessibilityRole="image"
      accessibilityLabel={`Mastery ${level} of ${levels.length}`}
    >
      {levels.map((pip) => (
        <View
          key={pip}
          style={[
            styles.pip,
            pip <= level
              ? { backgroundColor: palette.secondary, borderColor: palette.secondary }
              : { borderColor: palette.outline },
          ]}
        />
      ))}
    </View>
  );
}

const styles = StyleSheet.create({
  pips: { flexDirection: 'row', gap: 4 },
  pip: { width: 10, height: 10, borderRadius: radius.pill, borderWidth: 1 },
});
