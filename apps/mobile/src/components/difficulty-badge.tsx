import { StyleSheet, View } from 'react-native';
import type { Difficulty } from '@/api/types';
import { Text } from '@/components/text';
import { radius, useAppTheme } from '@/theme/theme';

export const difficultyNames: Record<Difficulty, string> = {
  beginner: 'Beginner',
  medium: 'Medium',
  hard: 'Hard',
};

export function DifficultyBadge({ difficulty }: { difficulty: Difficulty }) {
  const { palette } = useAppTheme();
  const colors: Record<Difficulty, [background: string, text: string]> = {
    beginner: [palette.secondaryContainer, palette.onSecondaryContainer],
    medium: [palette.primaryContainer, palette.onPrimaryContainer],
    hard: [palette.accentContainer, palette.onAccentContainer],
  };
  const [backgroundColor, color] = colors[difficulty];
  return (
    <View style={[styles.badge, { backgroundColor }]}>
      <Text style={[styles.text, { color }]}>{difficultyNames[difficulty]}</Text>
    </View>
  );
}

const styles = StyleSheet.create({
  badge: { borderRadius: radius.pill, paddingHorizontal: 9, paddingVertical: 2, alignSelf: 'center' },
  text: { fontSize: 12, lineHeight: 17, fontWeight: '600' },
});
