import { Text } from 'react-native';
import type { CodePiece } from '@/editor/highlight';
import { useAppTheme } from '@/theme/theme';

/** The coloured pieces of a line, inside a text that says how they are written. */
export function CodeLine({ pieces }: { pieces: CodePiece[] }) {
  const { palette } = useAppTheme();
  return pieces.map((piece, position) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of shown code never move
    <Text key={position} style={piece.kind && { color: palette.code[piece.kind] }}>
      {piece.text}
    </Text>
  ));
}
