import { StyleSheet } from 'react-native';
import { Text } from '@/components/text';
import { formColumn, spacing, useAppTheme } from '@/theme/theme';

/** What a form is about, above its fields and as wide. */
export function FormIntro({ text }: { text: string }) {
  const { palette } = useAppTheme();
  return (
    <Text variant="bodyMedium" style={[styles.intro, { color: palette.onSurfaceVariant }]}>
      {text}
    </Text>
  );
}

const styles = StyleSheet.create({
  intro: { ...formColumn, paddingBottom: spacing.xs },
});
