import type { glyphs } from './glyphs';

export type IconName = keyof typeof glyphs;

export interface IconProps {
  name: IconName;
  color: string;
  size?: number;
}
