import { type Href, router } from 'expo-router';
import { useEffect } from 'react';
import { Pressable, StyleSheet, View } from 'react-native';
import { Icon } from '@/components/icon/icon';
import { SkeletonCards } from '@/components/skeleton';
import { Text } from '@/components/text';
import { loadEditor } from '@/editor/load-editor';
import { wrappingTitle } from '@/lib/practice';
import { radius, spacing, useAppTheme } from '@/theme/theme';

interface NextDrillCardProps {
  /** Why it is proposed. */
  caption: string;
  title: string;
  facts: string;
  href: Href;
}

/** The one thing to do next. */
export function NextDrillCard({ caption, title, facts, href }: NextDrillCardProps) {
  const { palette } = useAppTheme();
  useEffect(() => {
    // The next screen needs it: it is loaded while the learner looks around.
    loadEditor().catch(() => undefined);
  }, []);
  return (
    <Pressable
      testID="next-drill"
      accessibilityRole="button"
      accessibilityLabel={`${caption}: ${title}, ${facts}`}
      onPress={() => router.push(href)}
      style={({ pressed }) => [styles.card, { backgroundColor: palette.primary }, pressed && styles.pressed]}
    >
      <View style={styles.texts}>
        <Text variant="labelMedium" style={[styles.caption, { color: palette.onPrimary }]}>
          {caption}
        </Text>
        <Text variant="titleMedium" style={[styles.title, { color: palette.onPrimary }]}>
          {wrappingTitle(title)}
        </Text>
        <Text variant="bodySmall" style={{ color: palette.onPrimary }}>
          {facts}
        </Text>
      </View>
      <View style={[styles.button, { backgroundColor: palette.onPrimary }]}>
        <Icon name="play" color={palette.primary} size={26} />
      </View>
    </Pressable>
  );
}

/** A title of two lines has room in it, so that nothing below moves when it comes. */
const height = 120;

export const NextDrillSkeleton = () => <SkeletonCards count={1} height={height} />;

const styles = StyleSheet.create({
  card: {
    flexDirection: 'row',
    alignItems: 'center',
    minHeight: height,
    borderRadius: radius.l,
    padding: spacing.l,
    gap: spacing.m,
  },
  pressed: { opacity: 0.85 },
  texts: { flex: 1, minWidth: 0, gap: 2, justifyContent: 'center' },
  caption: { opacity: 0.85 },
  title: { fontWeight: '700' },
  button: {
    width: 48,
    height: 48,
    borderRadius: radius.pill,
    alignItems: 'center',
    justifyContent: 'center',
  },
});
