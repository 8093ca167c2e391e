import { type ReactNode, type Ref, useState } from 'react';
import { Platform, StyleSheet, TextInput, type TextInputProps, View } from 'react-native';
import { radius, spacing, useAppTheme } from '@/theme/theme';
import { typeScale } from '@/theme/type-scale';
import { Text } from './text';

interface TextFieldProps extends Omit<TextInputProps, 'style' | 'placeholder'> {
  label: string;
  value: string;
  /** Whether what stands in it was refused. */
  hasError?: boolean;
  /** A button at its end. */
  children?: ReactNode;
  ref?: Ref<TextInput> | undefined;
}

/** A frame to type in. Its label stands in it until there is a text, then in the frame's upper line. */
export function TextField({ label, hasError = false, children, ref, ...input }: TextFieldProps) {
  const { palette } = useAppTheme();
  const [isFocused, setFocused] = useState(false);
  const isRaised = isFocused || input.value !== '';
  const calm = hasError ? palette.error : palette.outline;
  const mark = hasError ? palette.error : palette.primary;
  return (
    <View style={styles.room}>
      <View
        pointerEvents="none"
        style={[
          styles.frame,
          { borderColor: isFocused ? mark : calm, backgroundColor: palette.background },
          (isFocused || hasError) && styles.marked,
        ]}
      />
      <TextInput
        accessibilityLabel={label}
        {...input}
        ref={ref}
        cursorColor={mark}
        selectionColor={Platform.OS === 'web' ? undefined : mark}
        underlineColorAndroid="transparent"
        onFocus={(event) => {
          setFocused(true);
          input.onFocus?.(event);
        }}
        onBlur={(event) => {
          setFocused(false);
          input.onBlur?.(event);
        }}
        style={[
          styles.input,
          input.multiline && styles.lines,
          children ? styles.beforeButton : null,
          { color: palette.onSurface },
        ]}
      />
      <View
        pointerEvents="none"
        aria-hidden
        style={[styles.label, isRaised && [styles.raised, { backgroundColor: palette.background }]]}
      >
        <Text
          variant={isRaised ? 'bodySmall' : 'bodyLarge'}
          numberOfLines={1}
          style={{ color: hasError ? palette.error : isFocused ? mark : palette.onSurfaceVariant }}
        >
          {label}
        </Text>
      </View>
      {children && <View style={styles.button}>{children}</View>}
    </View>
  );
}

/** Half the height of the raised label, which stands in the middle of the frame's line. */
const overhang = 6;
const height = 50;

const { lineHeight: _, ...inputFont } = typeScale.bodyLarge;

const styles = StyleSheet.create({
  room: { paddingTop: overhang },
  frame: {
    position: 'absolute',
    top: overhang,
    bottom: 0,
    left: 0,
    right: 0,
    borderWidth: 1,
    borderRadius: radius.s / 2,
  },
  marked: { borderWidth: 2 },
  input: {
    ...inputFont,
    height,
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.s,
    // The frame shows where the focus is.
    outlineWidth: 0,
  },
  lines: { height: 108, paddingTop: spacing.m, textAlignVertical: 'top' },
  beforeButton: { paddingRight: 52 },
  label: { position: 'absolute', top: overhang + 13, left: spacing.l, right: 52, alignItems: 'flex-start' },
  raised: { top: -2, left: spacing.m, right: undefined, paddingHorizontal: spacing.xs },
  button: { position: 'absolute', top: overhang + 3, right: spacing.xs },
});
