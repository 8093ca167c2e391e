import { useEffect } from 'react';
import type { ThemeChoice } from '@/state/preferences';
import type { AppTheme } from './theme';

/** Tells the browser the theme, for its scroll bars, its own controls and the bar around the page. */
export function useBrowserTheme(theme: AppTheme, choice: ThemeChoice): void {
  const { background, primary } = theme.palette;
  useEffect(() => {
    const { style } = document.documentElement;
    style.colorScheme = choice === 'system' ? 'light dark' : choice;
    style.setProperty('--boot-background', background);
    style.setProperty('--boot-foreground', primary);
    for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
      meta.setAttribute('content', background);
  }, [background, primary, choice]);
}
