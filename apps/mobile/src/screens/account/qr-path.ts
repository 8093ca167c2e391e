import createQrCode from 'qrcode-generator';

/** The light frame that readers need around the code. */
const margin = 4;

/** A text as a QR code: an SVG path of unit squares, and how many of them are on a side, with the margin. */
export function qrPath(text: string): { path: string; size: number } {
  const code = createQrCode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const squares: string[] = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) squares.push(`M${column + margin},${row + margin}h1v1h-1z`);
    }
  }
  return { path: squares.join(''), size: count + 2 * margin };
}
