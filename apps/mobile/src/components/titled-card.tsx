import type { ReactNode } from 'react';
import { type StyleProp, StyleSheet, type ViewStyle } from 'react-native';
import { Text } from '@/components/text';
import { spacing } from '@/theme/theme';
import { Card } from './card';

interface TitledCardProps {
  title: string;
  children: ReactNode;
  style?: StyleProp<ViewStyle>;
  testID?: string;
}

/** A card about one thing, which its title names. */
export function TitledCard({ title, children, style, testID }: TitledCardProps) {
  return (
    <Card style={[styles.card, style]} testID={testID}>
      <Text variant="titleMedium" style={styles.title}>
        {title}
      </Text>
      {children}
    </Card>
  );
}

const styles = StyleSheet.create({
  card: { gap: spacing.m },
  title: { fontWeight: '700' },
});
