import { useMemo } from 'react';
import { qrPath } from './qr-path';

interface QrCodeProps {
  text: string;
  width: number;
}

/** Black on white, whatever the theme: many readers know no other. */
export function QrCode({ text, width }: QrCodeProps) {
  const { path, size } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      width={width}
      height={width}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label="QR code"
    >
      <rect width={size} height={size} fill="#FFFFFF" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
