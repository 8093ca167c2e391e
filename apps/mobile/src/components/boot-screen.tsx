import { Platform, StyleSheet, Text, useColorScheme, View } from 'react-native';
import { darkPalette, lightPalette } from '@/theme/colors';
import { Icon } from './icon/icon';

/** On the web this is in the exported page, before any script runs: only CSS can tell light from dark there. */
function useBootColors() {
  const palette = useColorScheme() === 'dark' ? darkPalette : lightPalette;
  return Platform.OS === 'web'
    ? { background: 'var(--boot-background)', foreground: 'var(--boot-foreground)' }
    : { background: palette.background, foreground: palette.primary };
}

/** What is seen until the device's settings are read. */
export function BootScreen() {
  const { background, foreground } = useBootColors();
  return (
    <View style={[styles.screen, { backgroundColor: background }]} accessibilityLabel="bugdrill is starting">
      <Icon name="bug-outline" color={foreground} size={56} />
      <Text style={[styles.name, { color: foreground }]}>bugdrill</Text>
    </View>
  );
}

const styles = StyleSheet.create({
  screen: { flex: 1, alignItems: 'center', justifyContent: 'center', gap: 8 },
  name: {
    fontSize: 24,
    fontWeight: '700',
    letterSpacing: 0.3,
    fontFamily: Platform.OS === 'web' ? 'system-ui' : undefined,
  },
});
