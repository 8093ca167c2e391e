import { router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import { Button } from '@/components/button';
import { Icon } from '@/components/icon/icon';
import { Text } from '@/components/text';
import { useScreenTitle } from '@/lib/use-screen-title';
import { spacing, useAppTheme } from '@/theme/theme';

export function NotFoundScreen() {
  useScreenTitle('Not found');
  const { palette } = useAppTheme();
  return (
    <View role="main" style={[styles.screen, { backgroundColor: palette.background }]}>
      <Icon name="bug-outline" color={palette.accent} size={48} />
      <Text variant="titleLarge" accessibilityRole="header">
        Nothing here
      </Text>
      <Text variant="bodyMedium" style={[styles.message, { color: palette.onSurfaceVariant }]}>
        This page does not exist, or it has moved.
      </Text>
      <Button mode="contained" onPress={() => router.replace('/patterns')}>
        To the patterns
      </Button>
    </View>
  );
}

const styles = StyleSheet.create({
  screen: { flex: 1, alignItems: 'center', justifyContent: 'center', padding: spacing.xl, gap: spacing.m },
  message: { textAlign: 'center' },
});
