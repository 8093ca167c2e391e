import Svg, { Path } from 'react-native-svg';
import { glyphs } from './glyphs';
import type { IconProps } from './icon-name';

export function Icon({ name, color, size = 24 }: IconProps) {
  return (
    <Svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      accessibilityElementsHidden
      importantForAccessibility="no-hide-descendants"
    >
      <Path d={glyphs[name]} fill={color} />
    </Svg>
  );
}
