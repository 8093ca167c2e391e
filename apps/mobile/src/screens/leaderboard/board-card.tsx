import type { ReactNode } from 'react';
import { StyleSheet, View } from 'react-native';
import { Card } from '@/components/card';
import { SectionTitle } from '@/components/section-title';
import { Text } from '@/components/text';
import { spacing, useAppTheme } from '@/theme/theme';

interface BoardCardProps {
  title: string;
  /** When it ends. */
  end: string | null;
  children: ReactNode;
  testID: string;
}

/** A card of lines of who stands where. */
export function BoardCard({ title, end, children, testID }: BoardCardProps) {
  const { palette } = useAppTheme();
  return (
    <Card style={styles.card} testID={testID}>
      <View style={styles.head}>
        <SectionTitle style={styles.title}>{title}</SectionTitle>
        {end && (
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }} testID="board-end">
            {end}
          </Text>
        )}
      </View>
      {children}
    </Card>
  );
}

/** What there is to say instead of lines, or below them. */
export function BoardNote({ text, testID }: { text: string; testID?: string }) {
  const { palette } = useAppTheme();
  return (
    <Text
      variant="bodyMedium"
      style={[styles.note, { color: palette.onSurfaceVariant, borderTopColor: palette.outlineVariant }]}
      testID={testID}
    >
      {text}
    </Text>
  );
}

const styles = StyleSheet.create({
  card: { padding: 0, gap: 0, overflow: 'hidden' },
  head: {
    flexDirection: 'row',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: spacing.m,
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.m,
  },
  title: { flexGrow: 1, flexShrink: 1 },
  note: { paddingHorizontal: spacing.l, paddingVertical: spacing.m, borderTopWidth: 1 },
});
