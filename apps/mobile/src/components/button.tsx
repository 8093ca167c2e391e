import type { ReactNode } from 'react';
import {
  ActivityIndicator,
  Pressable,
  type PressableProps,
  type StyleProp,
  StyleSheet,
  type TextStyle,
  View,
  type ViewStyle,
} from 'react-native';
import { type AppTheme, spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { Icon } from './icon/icon';
import type { IconName } from './icon/icon-name';
import { Text } from './text';

export type ButtonMode = 'text' | 'outlined' | 'contained' | 'contained-tonal';

interface ButtonProps extends Omit<PressableProps, 'children' | 'style' | 'disabled'> {
  children: ReactNode;
  mode?: ButtonMode;
  icon?: IconName | undefined;
  /** Whether what it does is being done: something turns in the place of the icon. */
  loading?: boolean;
  disabled?: boolean;
  /** Less room beside the label. */
  compact?: boolean;
  buttonColor?: string | undefined;
  textColor?: string | undefined;
  style?: StyleProp<ViewStyle>;
  labelStyle?: StyleProp<TextStyle>;
}

function colorsOf(mode: ButtonMode, { palette }: AppTheme) {
  switch (mode) {
    case 'text':
      return { ground: 'transparent', text: palette.primary };
    case 'outlined':
      return { ground: 'transparent', text: palette.primary, border: palette.outline };
    case 'contained':
      return { ground: palette.primary, text: palette.onPrimary };
    case 'contained-tonal':
      return { ground: palette.secondaryContainer, text: palette.onSecondaryContainer };
  }
}

function disabledColorsOf(mode: ButtonMode, { palette }: AppTheme) {
  const { disabled, onDisabled: text } = palette;
  if (mode === 'text') return { ground: 'transparent', text };
  return mode === 'outlined' ? { ground: 'transparent', text, border: disabled } : { ground: disabled, text };
}

/** Something to press, as high as a finger needs. */
export function Button(props: ButtonProps) {
  const { children, mode = 'text', icon, loading, disabled = false, compact, ...others } = props;
  const { buttonColor, textColor, style, labelStyle, ...pressable } = others;
  const theme = useAppTheme();
  const colors = disabled ? disabledColorsOf(mode, theme) : colorsOf(mode, theme);
  const text = (!disabled && textColor) || colors.text;
  const hasIcon = icon !== undefined || loading;
  return (
    <Pressable
      accessibilityRole="button"
      {...pressable}
      disabled={disabled}
      style={({ pressed }) => [
        styles.button,
        { backgroundColor: (!disabled && buttonColor) || colors.ground },
        colors.border !== undefined && [styles.outlined, { borderColor: colors.border }],
        compact && styles.compact,
        style,
        pressed && styles.pressed,
      ]}
    >
      <View style={styles.content}>
        {hasIcon && (
          <View style={[styles.icon, mode === 'text' && styles.textIcon, compact && styles.compactIcon]}>
            {loading ? (
              <ActivityIndicator size={18} color={text} />
            ) : (
              icon && <Icon name={icon} size={18} color={text} />
            )}
          </View>
        )}
        <Text
          variant="labelLarge"
          selectable={false}
          style={[
            styles.label,
            mode === 'text' && (hasIcon ? styles.labelBesideIcon : styles.textLabel),
            compact && styles.compactLabel,
            { color: text },
            labelStyle,
          ]}
        >
          {children}
        </Text>
      </View>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  button: { minWidth: 64, borderRadius: 15, overflow: 'hidden' },
  outlined: { borderWidth: 1 },
  compact: { minWidth: 0 },
  pressed: { opacity: 0.75 },
  content: {
    flexDirection: 'row',
    alignItems: 'center',
    justifyContent: 'center',
    minHeight: touchTarget,
  },
  icon: { marginLeft: spacing.l, marginRight: -spacing.l },
  textIcon: { marginLeft: spacing.m, marginRight: -spacing.s },
  compactIcon: { marginLeft: spacing.s, marginRight: 0 },
  label: { flexShrink: 1, textAlign: 'center', marginVertical: 10, marginHorizontal: spacing.xl },
  labelBesideIcon: { marginHorizontal: spacing.l },
  textLabel: { marginHorizontal: spacing.m },
  compactLabel: { marginHorizontal: spacing.s },
});
