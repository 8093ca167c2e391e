import { StyleSheet } from 'react-native';
import { Text, type TextProps } from './text';

/** Below the screen's own title, which is of the first level. React Native has no types for it. */
const level = { 'aria-level': 2 };

/** The title of a part of a screen, a heading for those who go from one to the next. */
export function SectionTitle({ style, ...props }: TextProps) {
  return (
    <Text
      variant="titleMedium"
      accessibilityRole="header"
      {...level}
      {...props}
      style={[styles.title, style]}
    />
  );
}

const styles = StyleSheet.create({ title: { fontWeight: '700' } });
