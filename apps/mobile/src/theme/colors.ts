/** The two palettes: deep indigo for what can be pressed, teal for what works, a warm accent for attention. */
export interface Palette {
  primary: string;
  onPrimary: string;
  primaryContainer: string;
  onPrimaryContainer: string;
  secondary: string;
  onSecondary: string;
  secondaryContainer: string;
  onSecondaryContainer: string;
  accent: string;
  onAccent: string;
  accentContainer: string;
  onAccentContainer: string;
  background: string;
  surface: string;
  surfaceVariant: string;
  onSurface: string;
  onSurfaceVariant: string;
  outline: string;
  outlineVariant: string;
  error: string;
  onError: string;
  errorContainer: string;
  onErrorContainer: string;
  /** What can't be pressed now. */
  disabled: string;
  onDisabled: string;
  code: CodeColors;
}

/** Colours of the editor and of code shown elsewhere. */
export interface CodeColors {
  background: string;
  text: string;
  gutter: string;
  activeLine: string;
  selection: string;
  cursor: string;
  errorLine: string;
  bracket: string;
  keyword: string;
  string: string;
  number: string;
  comment: string;
  definition: string;
  operator: string;
  added: string;
  addedMark: string;
  removed: string;
  removedMark: string;
}

export const lightPalette: Palette = {
  primary: '#3D39B4',
  onPrimary: '#FFFFFF',
  primaryContainer: '#E4E3FF',
  onPrimaryContainer: '#1A1763',
  secondary: '#0A756F',
  onSecondary: '#FFFFFF',
  secondaryContainer: '#CFEFEA',
  onSecondaryContainer: '#003A36',
  accent: '#B4500F',
  onAccent: '#FFFFFF',
  accentContainer: '#FFE5D2',
  onAccentContainer: '#4A1F00',
  background: '#F4F4FB',
  surface: '#FFFFFF',
  surfaceVariant: '#EBEAF5',
  onSurface: '#1B1B2A',
  onSurfaceVariant: '#55556C',
  outline: '#8686A0',
  outlineVariant: '#DCDBEA',
  error: '#B3261E',
  onError: '#FFFFFF',
  errorContainer: '#FCE3E0',
  onErrorContainer: '#5F120D',
  disabled: '#1C1B1F1F',
  onDisabled: '#1C1B1F61',
  code: {
    background: '#FCFCFF',
    text: '#23233A',
    gutter: '#72728C',
    activeLine: '#F0EFFC',
    selection: '#CFCDFB',
    cursor: '#3D39B4',
    errorLine: '#FCE3E0',
    bracket: '#D5D3FA',
    keyword: '#7A2BBF',
    string: '#0A6B4B',
    number: '#A8480B',
    comment: '#6A6A82',
    definition: '#1F4FC4',
    operator: '#42425E',
    added: '#E0F5EC',
    addedMark: '#A9E2CB',
    removed: '#FDE9E6',
    removedMark: '#F8BFB8',
  },
};

export const darkPalette: Palette = {
  primary: '#B7B6FF',
  onPrimary: '#1C1966',
  primaryContainer: '#35328A',
  onPrimaryContainer: '#E4E3FF',
  secondary: '#76D6CD',
  onSecondary: '#003733',
  secondaryContainer: '#124C48',
  onSecondaryContainer: '#CFEFEA',
  accent: '#FFB488',
  onAccent: '#552200',
  accentContainer: '#63310F',
  onAccentContainer: '#FFE5D2',
  background: '#10101A',
  surface: '#1A1A27',
  surfaceVariant: '#262637',
  onSurface: '#E9E8F4',
  onSurfaceVariant: '#B5B4C9',
  outline: '#7D7C95',
  outlineVariant: '#34344A',
  error: '#FFB4AB',
  onError: '#690005',
  errorContainer: '#541B17',
  onErrorContainer: '#FFDAD5',
  disabled: '#E6E1E51F',
  onDisabled: '#E6E1E561',
  code: {
    background: '#151521',
    text: '#E4E3F2',
    gutter: '#8887A2',
    activeLine: '#1F1F31',
    selection: '#433F92',
    cursor: '#B7B6FF',
    errorLine: '#4A1D1B',
    bracket: '#3B3880',
    keyword: '#CDA6FF',
    string: '#8FD9B6',
    number: '#FFB98F',
    comment: '#8E8DA8',
    definition: '#8FB6FF',
    operator: '#C4C3DA',
    added: '#123429',
    addedMark: '#1F6149',
    removed: '#3D1D1D',
    removedMark: '#7A2F2C',
  },
};
