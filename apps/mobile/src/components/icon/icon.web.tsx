import { glyphs } from './glyphs';
import type { IconProps } from './icon-name';

export function Icon({ name, color, size = 24 }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      style={{ display: 'block', flexShrink: 0 }}
    >
      <path d={glyphs[name]} fill={color} />
    </svg>
  );
}
