import { Platform, type TextStyle } from 'react-native';

const fontFamily = Platform.select({
  web: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  ios: 'System',
  default: 'sans-serif',
});

const regular = { fontFamily, fontWeight: '400' } as const;
const medium = { fontFamily, fontWeight: '500' } as const;

/** Text without a variant: in a text of one it only sets itself apart by its own style. */
export const plainText: TextStyle = { ...regular, letterSpacing: 0 };

/** The sizes of text, as Material Design 3 has them. */
export const typeScale = {
  headlineMedium: { ...regular, letterSpacing: 0, lineHeight: 36, fontSize: 28 },
  headlineSmall: { ...regular, letterSpacing: 0, lineHeight: 32, fontSize: 24 },
  titleLarge: { ...regular, letterSpacing: 0, lineHeight: 28, fontSize: 22 },
  titleMedium: { ...medium, letterSpacing: 0.15, lineHeight: 24, fontSize: 16 },
  titleSmall: { ...medium, letterSpacing: 0.1, lineHeight: 20, fontSize: 14 },
  labelLarge: { ...medium, letterSpacing: 0.1, lineHeight: 20, fontSize: 14 },
  labelMedium: { ...medium, letterSpacing: 0.5, lineHeight: 16, fontSize: 12 },
  labelSmall: { ...medium, letterSpacing: 0.5, lineHeight: 16, fontSize: 11 },
  bodyLarge: { ...regular, letterSpacing: 0.15, lineHeight: 24, fontSize: 16 },
  bodyMedium: { ...regular, letterSpacing: 0.25, lineHeight: 20, fontSize: 14 },
  bodySmall: { ...regular, letterSpacing: 0.4, lineHeight: 16, fontSize: 12 },
} as const satisfies Record<string, TextStyle>;

export type TextVariant = keyof typeof typeScale;
