import { type DimensionValue, StyleSheet, View } from 'react-native';
import { radius, spacing, useAppTheme } from '@/theme/theme';
import { Card } from './card';

interface SkeletonProps {
  width: DimensionValue;
  height: number;
}

/** Holds the place of something that is loading. */
export function Skeleton({ width, height }: SkeletonProps) {
  const { palette } = useAppTheme();
  return <View style={[styles.bone, { width, height, backgroundColor: palette.surfaceVariant }]} />;
}

interface SkeletonCardsProps {
  count: number;
  height: number;
}

export function SkeletonCards({ count, height }: SkeletonCardsProps) {
  return (
    <View style={styles.cards} accessibilityLabel="Loading" accessibilityRole="progressbar">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Card key={index} style={{ height }}>
          <Skeleton width="55%" height={18} />
          <Skeleton width="85%" height={14} />
        </Card>
      ))}
    </View>
  );
}

const styles = StyleSheet.create({
  bone: { borderRadius: radius.s },
  cards: { gap: spacing.m },
});
