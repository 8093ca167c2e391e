import * as SystemUI from 'expo-system-ui';
import { useEffect } from 'react';
import type { ThemeChoice } from '@/state/preferences';
import type { AppTheme } from './theme';

/** Gives the window behind the app the theme's colour. */
export function useBrowserTheme(theme: AppTheme, _choice: ThemeChoice): void {
  const { background } = theme.palette;
  useEffect(() => {
    void SystemUI.setBackgroundColorAsync(background);
  }, [background]);
}
