import { createContext, useContext } from 'react';
import { Platform } from 'react-native';
import { darkPalette, lightPalette, type Palette } from './colors';

export interface AppTheme {
  dark: boolean;
  palette: Palette;
}

export const spacing = { xs: 4, s: 8, m: 12, l: 16, xl: 24, xxl: 32 } as const;

export const radius = { s: 8, m: 12, l: 18, pill: 999 } as const;

/** The smallest side of anything that can be pressed. */
export const touchTarget = 44;

/** Content is never wider than this, so that lines stay readable on a desktop. */
export const contentWidth = 720;

/** Forms, and what belongs to them, are narrower. */
export const formColumn = { width: '100%', maxWidth: 440, alignSelf: 'center' } as const;

export const codeFontFamily = Platform.select({
  web: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  ios: 'Menlo',
  default: 'monospace',
});

export const lightTheme: AppTheme = { dark: false, palette: lightPalette };
export const darkTheme: AppTheme = { dark: true, palette: darkPalette };

const ThemeContext = createContext(lightTheme);

/** Gives the theme to all that is in it. */
export const ThemeProvider = ThemeContext.Provider;

export const useAppTheme = () => useContext(ThemeContext);
