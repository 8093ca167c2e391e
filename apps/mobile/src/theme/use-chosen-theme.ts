import { useColorScheme } from 'react-native';
import { usePreferences } from '@/state/preferences';
import { type AppTheme, darkTheme, lightTheme } from './theme';
import { useBrowserTheme } from './use-browser-theme';

/** The theme that the learner chose, or the device's. */
export function useChosenTheme(): AppTheme {
  const choice = usePreferences((state) => state.theme);
  const system = useColorScheme();
  const theme = (choice === 'system' ? system : choice) === 'dark' ? darkTheme : lightTheme;
  useBrowserTheme(theme, choice);
  return theme;
}
