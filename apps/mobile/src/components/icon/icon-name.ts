import { glyphs } from './glyphs';

export type IconName = keyof typeof glyphs;

export interface IconProps {
  name: IconName;
  color: string;
  size?: number;
}

export function isIconName(name: unknown): name is IconName {
  return typeof name === 'string' && name in glyphs;
}
