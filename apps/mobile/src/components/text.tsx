import { Text as NativeText, type TextProps as NativeTextProps, StyleSheet } from 'react-native';
import { useAppTheme } from '@/theme/theme';
import { plainText, type TextVariant, typeScale } from '@/theme/type-scale';

export interface TextProps extends NativeTextProps {
  variant?: TextVariant;
}

/** A text of the app's sizes and colour. */
export function Text({ variant, style, ...props }: TextProps) {
  const { palette } = useAppTheme();
  return (
    <NativeText
      {...props}
      style={[styles.text, { color: palette.onSurface }, variant ? typeScale[variant] : plainText, style]}
    />
  );
}

const styles = StyleSheet.create({ text: { textAlign: 'left' } });
