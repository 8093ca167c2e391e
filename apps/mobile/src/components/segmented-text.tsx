import { StyleSheet, Text } from 'react-native';
import type { Segment } from '@/lib/diff';
import { codeFontFamily } from '@/theme/theme';

interface SegmentedTextProps {
  segments: Segment[];
  color: string;
  markColor: string;
}

/** Code or a value, with marked parts. */
export function SegmentedText({ segments, color, markColor }: SegmentedTextProps) {
  return (
    <Text style={[styles.text, { color }]} selectable>
      {segments.map(({ text, isMarked }, index) => (
        <Text
          // biome-ignore lint/suspicious/noArrayIndexKey: segments of one text never move
          key={index}
          style={isMarked ? [styles.mark, { backgroundColor: markColor }] : undefined}
        >
          {text}
        </Text>
      ))}
    </Text>
  );
}

const styles = StyleSheet.create({
  text: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 20 },
  mark: { fontWeight: '700', borderRadius: 3 },
});
