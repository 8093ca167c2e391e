import { StyleSheet, View } from 'react-native';
import { Card } from '@/components/card';
import { Text } from '@/components/text';
import { spacing, useAppTheme } from '@/theme/theme';

interface TotalsProps {
  totals: { label: string; value: number }[];
  testID?: string;
}

/** A few numbers beside each other. */
export function Totals({ totals, testID }: TotalsProps) {
  return (
    <View style={styles.totals} testID={testID}>
      {totals.map(({ label, value }) => (
        <Total key={label} label={label} value={value} />
      ))}
    </View>
  );
}

function Total({ label, value }: { label: string; value: number }) {
  const { palette } = useAppTheme();
  return (
    <Card style={styles.total}>
      <Text variant="headlineMedium" style={styles.number}>
        {value}
      </Text>
      <Text variant="bodySmall" style={[styles.label, { color: palette.onSurfaceVariant }]}>
        {label}
      </Text>
    </Card>
  );
}

const styles = StyleSheet.create({
  totals: { flexDirection: 'row', gap: spacing.s },
  total: { flex: 1, alignItems: 'center', gap: 0, paddingHorizontal: spacing.xs },
  number: { fontWeight: '700' },
  label: { letterSpacing: 0, textAlign: 'center' },
});
