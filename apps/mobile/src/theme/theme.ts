import { Platform } from 'react-native';
import { configureFonts, MD3DarkTheme, MD3LightTheme, type MD3Theme, useTheme } from 'react-native-paper';
import { darkPalette, lightPalette, type Palette } from './colors';

export interface AppTheme extends MD3Theme {
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

const textFontFamily = Platform.select({
  web: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  ios: 'System',
  default: 'sans-serif',
});

const fonts = configureFonts({ config: { fontFamily: textFontFamily } });

function themeFrom(base: MD3Theme, palette: Palette): AppTheme {
  return {
    ...base,
    fonts,
    roundness: 3,
    palette,
    colors: {
      ...base.colors,
      primary: palette.primary,
      onPrimary: palette.onPrimary,
      primaryContainer: palette.primaryContainer,
      onPrimaryContainer: palette.onPrimaryContainer,
      secondary: palette.secondary,
      onSecondary: palette.onSecondary,
      secondaryContainer: palette.secondaryContainer,
      onSecondaryContainer: palette.onSecondaryContainer,
      tertiary: palette.accent,
      onTertiary: palette.onAccent,
      tertiaryContainer: palette.accentContainer,
      onTertiaryContainer: palette.onAccentContainer,
      background: palette.background,
      onBackground: palette.onSurface,
      surface: palette.surface,
      onSurface: palette.onSurface,
      surfaceVariant: palette.surfaceVariant,
      onSurfaceVariant: palette.onSurfaceVariant,
      outline: palette.outline,
      outlineVariant: palette.outlineVariant,
      error: palette.error,
      onError: palette.onError,
      errorContainer: palette.errorContainer,
      onErrorContainer: palette.onErrorContainer,
      elevation: {
        level0: 'transparent',
        level1: palette.surface,
        level2: base.dark ? palette.surfaceVariant : palette.surface,
        level3: base.dark ? palette.surfaceVariant : palette.surface,
        level4: palette.surfaceVariant,
        level5: palette.surfaceVariant,
      },
    },
  };
}

export const lightTheme = themeFrom(MD3LightTheme, lightPalette);
export const darkTheme = themeFrom(MD3DarkTheme, darkPalette);

export const useAppTheme = () => useTheme<AppTheme>();
