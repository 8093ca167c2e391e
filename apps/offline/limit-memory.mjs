/** The id of the section of a WebAssembly module that declares memories. */
const memorySection = 5;
const header = 8;

/** The module, with at most so many pages in the memories that it declares without a largest size. */
export function limitMemory(module, pages) {
  const parts = [module.subarray(0, header)];
  let at = header;
  while (at < module.length) {
    const [length, start] = readNumber(module, at + 1);
    const end = start + length;
    if (module[at] === memorySection) {
      const content = limited(module.subarray(start, end), pages);
      parts.push(Uint8Array.of(memorySection), writeNumber(content.length), content);
    } else {
      parts.push(module.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat(parts);
}

function limited(section, pages) {
  let [left, at] = readNumber(section, 0);
  const parts = [section.subarray(0, at)];
  for (; left > 0; left--) {
    const flags = section[at];
    const [, end] = readNumber(section, at + 1);
    if (flags === 0) {
      parts.push(Uint8Array.of(1), section.subarray(at + 1, end), writeNumber(pages));
      at = end;
    } else {
      const after = flags & 1 ? readNumber(section, end)[1] : end;
      parts.push(section.subarray(at, after));
      at = after;
    }
  }
  return Buffer.concat(parts);
}

/** A number as WebAssembly writes it (LEB128), and where it ends. */
function readNumber(bytes, at) {
  let [number, shift, byte] = [0, 0, 0x80];
  while (byte & 0x80) {
    byte = bytes[at++];
    number |= (byte & 0x7f) << shift;
    shift += 7;
  }
  return [number >>> 0, at];
}

function writeNumber(number) {
  const bytes = [];
  do {
    bytes.push((number & 0x7f) | (number > 0x7f ? 0x80 : 0));
    number >>>= 7;
  } while (number > 0);
  return Uint8Array.from(bytes);
}
