import type { ReactNode } from 'react';
import { type StyleProp, StyleSheet, type ViewStyle } from 'react-native';
import { SectionTitle } from '@/components/section-title';
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
      <SectionTitle>{title}</SectionTitle>
      {children}
    </Card>
  );
}

const styles = StyleSheet.create({
  card: { gap: spacing.m },
});
