import type { ReactNode } from 'react';
import { SafeAreaProvider } from 'react-native-safe-area-context';
import { lightTheme, ThemeProvider } from '@/theme/theme';

const frame = { x: 0, y: 0, width: 390, height: 844 };
const insets = { top: 0, right: 0, bottom: 0, left: 0 };

/** What the app's root gives to all that it shows: a phone's edges, and the light theme. */
export function Surroundings({ children }: { children: ReactNode }) {
  return (
    <SafeAreaProvider initialMetrics={{ frame, insets }}>
      <ThemeProvider value={lightTheme}>{children}</ThemeProvider>
    </SafeAreaProvider>
  );
}
