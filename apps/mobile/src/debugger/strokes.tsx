import { StyleSheet } from 'react-native';
import Svg, { Path } from 'react-native-svg';
import type { StrokesProps } from './strokes-props';

export function Strokes({ width, height, lines, heads, color }: StrokesProps) {
  return (
    <Svg width={width} height={height} style={StyleSheet.absoluteFill}>
      <Path d={lines} stroke={color} strokeWidth={1.5} fill="none" strokeLinejoin="round" />
      <Path d={heads} fill={color} />
    </Svg>
  );
}
