import { useMemo } from 'react';
import Svg, { Path, Rect } from 'react-native-svg';
import { qrPath } from './qr-path';

interface QrCodeProps {
  text: string;
  width: number;
}

/** Black on white, whatever the theme: many readers know no other. */
export function QrCode({ text, width }: QrCodeProps) {
  const { path, size } = useMemo(() => qrPath(text), [text]);
  return (
    <Svg width={width} height={width} viewBox={`0 0 ${size} ${size}`} accessibilityLabel="QR code">
      <Rect width={size} height={size} fill="#FFFFFF" />
      <Path d={path} fill="#000000" />
    </Svg>
  );
}
