import type { ReactNode } from 'react';
import { Pressable, type StyleProp, StyleSheet, View, type ViewStyle } from 'react-native';
import { radius, spacing, useAppTheme } from '@/theme/theme';

interface CardProps {
  children: ReactNode;
  style?: StyleProp<ViewStyle>;
  testID?: string;
}

interface PressableCardProps extends CardProps {
  onPress: () => void;
  label: string;
}

export function Card({ children, style, testID }: CardProps) {
  const { palette } = useAppTheme();
  return (
    <View
      testID={testID}
      style={[styles.card, { backgroundColor: palette.surface, borderColor: palette.outlineVariant }, style]}
    >
      {children}
    </View>
  );
}

export function PressableCard({ children, style, testID, onPress, label }: PressableCardProps) {
  const { palette } = useAppTheme();
  return (
    <Pressable
      testID={testID}
      onPress={onPress}
      accessibilityRole="button"
      accessibilityLabel={label}
      style={({ pressed }) => [
        styles.card,
        { backgroundColor: palette.surface, borderColor: palette.outlineVariant },
        style,
        pressed && styles.pressed,
      ]}
    >
      {children}
    </Pressable>
  );
}

const styles = StyleSheet.create({
  card: { borderRadius: radius.l, borderWidth: 1, padding: spacing.l, gap: spacing.s },
  pressed: { opacity: 0.75 },
});
