import { Pressable, type PressableProps, type StyleProp, StyleSheet, type ViewStyle } from 'react-native';
import { radius, touchTarget, useAppTheme } from '@/theme/theme';
import { Icon } from './icon/icon';
import type { IconName } from './icon/icon-name';

interface IconButtonProps extends Omit<PressableProps, 'children' | 'style'> {
  icon: IconName;
  /** What it does, for those who can't see the icon. */
  accessibilityLabel: string;
  size?: number;
  color?: string | undefined;
  style?: StyleProp<ViewStyle>;
}

/** An icon to press. */
export function IconButton({ icon, size = 24, color, style, ...props }: IconButtonProps) {
  const { palette } = useAppTheme();
  return (
    <Pressable
      accessibilityRole="button"
      {...props}
      style={({ pressed }) => [styles.button, pressed && { backgroundColor: palette.surfaceVariant }, style]}
    >
      <Icon name={icon} size={size} color={color ?? palette.onSurfaceVariant} />
    </Pressable>
  );
}

const styles = StyleSheet.create({
  button: {
    width: touchTarget,
    height: touchTarget,
    borderRadius: radius.pill,
    alignItems: 'center',
    justifyContent: 'center',
  },
});
