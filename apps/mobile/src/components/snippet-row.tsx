import { router } from 'expo-router';
import { Pressable, StyleSheet, View } from 'react-native';
import type { SnippetMark, SnippetStatus, SnippetSummary } from '@/api/types';
import { Text } from '@/components/text';
import { wrappingTitle } from '@/lib/practice';
import { spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { DifficultyBadge } from './difficulty-badge';
import { Icon } from './icon/icon';
import type { IconName } from './icon/icon-name';

interface SnippetRowProps {
  snippet: SnippetSummary;
  mark: SnippetMark | undefined;
  isFirst: boolean;
  onPress?: () => void;
}

const statusIcons: Record<SnippetStatus, IconName> = {
  started: 'pencil-outline',
  attempted: 'pencil-outline',
  solved: 'check-circle',
  given_up: 'flag-outline',
};

const statusNames: Record<SnippetStatus, string> = {
  started: 'started',
  attempted: 'attempted',
  solved: 'solved',
  given_up: 'given up',
};

export function SnippetRow({ snippet, mark, isFirst, onPress }: SnippetRowProps) {
  const { palette } = useAppTheme();
  const status = mark?.status;
  const colors = {
    started: palette.primary,
    attempted: palette.primary,
    solved: palette.secondary,
    given_up: palette.accent,
  };
  return (
    <Pressable
      testID={`snippet-${snippet.slug}`}
      accessibilityRole="button"
      accessibilityLabel={`${snippet.title}, ${snippet.difficulty}, ${status ? statusNames[status] : 'not started'}`}
      onPress={() => {
        onPress?.();
        router.push({ pathname: '/drill/[id]', params: { id: snippet.slug } });
      }}
      style={({ pressed }) => [
        styles.row,
        !isFirst && { borderTopWidth: 1, borderTopColor: palette.outlineVariant },
        pressed && { backgroundColor: palette.surfaceVariant },
      ]}
    >
      <Icon
        name={status ? statusIcons[status] : 'circle-outline'}
        color={status ? colors[status] : palette.outline}
        size={22}
      />
      <View style={styles.texts}>
        <Text variant="bodyLarge" style={styles.title}>
          {wrappingTitle(snippet.title)}
        </Text>
        <View style={styles.facts}>
          <DifficultyBadge difficulty={snippet.difficulty} />
          <Icon name="clock-outline" color={palette.onSurfaceVariant} size={14} />
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
            {snippet.time_estimate_minutes} min
          </Text>
        </View>
      </View>
      <Icon name="chevron-right" color={palette.outline} />
    </Pressable>
  );
}

const styles = StyleSheet.create({
  row: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    minHeight: touchTarget,
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.m,
  },
  texts: { flex: 1, minWidth: 0, gap: 3 },
  title: { fontWeight: '600', lineHeight: 21, letterSpacing: 0 },
  facts: { flexDirection: 'row', flexWrap: 'wrap', alignItems: 'center', gap: spacing.xs + 1 },
});
