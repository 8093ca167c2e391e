import type { ErrorBoundaryProps } from 'expo-router';
import { Pressable, StyleSheet, Text, useColorScheme, View } from 'react-native';
import { Icon } from '@/components/icon/icon';
import { emptyCache } from '@/offline/cache/cache';
import { isOnline } from '@/offline/connection';
import { queryClient } from '@/state/queries/query-client';
import { darkPalette, lightPalette } from '@/theme/colors';
import { radius, spacing, touchTarget } from '@/theme/theme';

/** Shown when a screen breaks. It stands alone: whatever broke may be what other components need. */
export function CrashScreen({ retry }: ErrorBoundaryProps) {
  function tryAgain() {
    // It may be an answer that broke the screen. What is kept of them is asked for again where it can be.
    if (isOnline()) {
      queryClient.clear();
      void emptyCache();
    }
    void retry();
  }

  const palette = useColorScheme() === 'dark' ? darkPalette : lightPalette;
  return (
    <View style={[styles.screen, { backgroundColor: palette.background }]} accessibilityRole="alert">
      <Icon name="bug-outline" color={palette.accent} size={48} />
      <Text style={[styles.title, { color: palette.onSurface }]}>A bug of our own</Text>
      <Text style={[styles.message, { color: palette.onSurfaceVariant }]}>
        This screen stopped working. What you typed is saved on this device.
      </Text>
      <Pressable
        accessibilityRole="button"
        onPress={tryAgain}
        style={[styles.button, { backgroundColor: palette.primary }]}
      >
        <Text style={[styles.buttonText, { color: palette.onPrimary }]}>Try again</Text>
      </Pressable>
    </View>
  );
}

const styles = StyleSheet.create({
  screen: { flex: 1, alignItems: 'center', justifyContent: 'center', padding: spacing.xl, gap: spacing.m },
  title: { fontSize: 20, fontWeight: '700' },
  message: { fontSize: 15, lineHeight: 22, textAlign: 'center', maxWidth: 320 },
  button: {
    minHeight: touchTarget,
    justifyContent: 'center',
    paddingHorizontal: spacing.xl,
    borderRadius: radius.pill,
  },
  buttonText: { fontSize: 15, fontWeight: '600' },
});
