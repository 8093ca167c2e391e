import type { StrokesProps } from './strokes-props';

/** The browser draws by itself what costs native apps a library. */
export function Strokes({ width, height, lines, heads, color }: StrokesProps) {
  return (
    <svg width={width} height={height} aria-hidden="true" style={{ position: 'absolute', left: 0, top: 0 }}>
      <path d={lines} stroke={color} strokeWidth={1.5} fill="none" strokeLinejoin="round" />
      <path d={heads} fill={color} />
    </svg>
  );
}
