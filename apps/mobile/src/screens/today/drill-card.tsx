import { type Href, router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import { Text } from 'react-native-paper';
import { PressableCard } from '@/components/card';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import { wrappingTitle } from '@/lib/practice';
import { spacing, useAppTheme } from '@/theme/theme';

interface DrillCardProps {
  icon: IconName;
  caption: string;
  title: string;
  facts: string;
  isSolved?: boolean;
  href: Href;
  testID: string;
}

/** A snippet that may be done besides what is next. */
export function DrillCard({ icon, caption, title, facts, isSolved = false, href, testID }: DrillCardProps) {
  const { palette } = useAppTheme();
  return (
    <PressableCard
      testID={testID}
      label={`${caption}: ${title}, ${facts}${isSolved ? ', solved' : ''}`}
      onPress={() => router.push(href)}
      style={styles.card}
    >
      <Icon name={icon} color={palette.primary} size={22} />
      <View style={styles.texts}>
        <Text variant="labelMedium" style={{ color: palette.onSurfaceVariant }}>
          {caption}
        </Text>
        <Text variant="bodyLarge" numberOfLines={2} style={styles.title}>
          {wrappingTitle(title)}
        </Text>
        <Text variant="bodySmall" numberOfLines={1} style={{ color: palette.onSurfaceVariant }}>
          {facts}
        </Text>
      </View>
      <Icon
        name={isSolved ? 'check-circle' : 'chevron-right'}
        color={isSolved ? palette.secondary : palette.outline}
      />
    </PressableCard>
  );
}

const styles = StyleSheet.create({
  card: { flexDirection: 'row', alignItems: 'center', gap: spacing.m, paddingVertical: spacing.m },
  texts: { flex: 1, minWidth: 0, gap: 2 },
  title: { fontWeight: '600', lineHeight: 21, letterSpacing: 0 },
});
