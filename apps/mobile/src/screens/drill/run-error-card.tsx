import type { ReactNode } from 'react';
import { Pressable, StyleSheet, View } from 'react-native';
import type { RunError } from '@/api/types';
import { Text } from '@/components/text';
import { codeFontFamily, radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';

interface RunErrorCardProps {
  error: RunError;
  onGoToLine: (line: number) => void;
  /** What else can be done about it. */
  children?: ReactNode;
}

/** An exception or a syntax error, with a way to its line. */
export function RunErrorCard({ error, onGoToLine, children }: RunErrorCardProps) {
  const { palette } = useAppTheme();
  const { line } = error;
  return (
    <View style={[styles.card, { backgroundColor: palette.errorContainer }]}>
      <Text style={[styles.code, { color: palette.onErrorContainer }]} selectable>
        <Text style={[styles.code, styles.type, { color: palette.onErrorContainer }]}>{error.type}</Text>
        {error.message ? `: ${error.message}` : ''}
      </Text>
      {line != null && (
        <Pressable
          testID="go-to-line"
          accessibilityRole="button"
          onPress={() => onGoToLine(line)}
          style={styles.link}
        >
          <Text variant="labelLarge" style={[styles.linkText, { color: palette.onErrorContainer }]}>
            Go to line {line}
          </Text>
        </Pressable>
      )}
      {children}
    </View>
  );
}

const styles = StyleSheet.create({
  card: { borderRadius: radius.m, padding: spacing.m, paddingBottom: spacing.xs },
  code: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 20 },
  type: { fontWeight: '700' },
  link: { minHeight: touchTarget, justifyContent: 'center', alignSelf: 'flex-start' },
  linkText: { textDecorationLine: 'underline' },
});
