// TextEncoder and TextDecoder, for UTF-8.

const fromCodePoint = String.fromCodePoint;
const trim = method(String.prototype, "trim");
const sliceOfView = method(getPrototypeOf(Uint8Array.prototype), "slice");
// The names of UTF-8.
const UTF_8 = { __proto__: null, "utf-8": true, utf8: true, "unicode-1-1-utf-8": true };
const REPLACEMENT = "\ufffd";

// Writes a text's bytes; how much of both was used. A character that does not fit whole is not written.
function writeBytes(text, bytes) {
  const room = lengthOfView(bytes);
  let read = 0;
  let written = 0;
  while (read < text.length) {
    let code = codePointAt(text, read);
    const units = code > 0xffff ? 2 : 1;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (written + size > room) break;
    if (size === 1) bytes[written++] = code;
    else {
      bytes[written++] = (0xf00 >> size) & 0xff | (code >> (6 * (size - 1)));
      for (let left = size - 2; left >= 0; left--) bytes[written++] = 0x80 | ((code >> (6 * left)) & 0x3f);
    }
    read += units;
  }
  return { read, written };
}

class TextEncoder {
  get encoding() {
    return "utf-8";
  }

  encode(text = "") {
    const all = Str(text);
    const bytes = new Bytes(all.length * 3);
    return sliceOfView(bytes, 0, writeBytes(all, bytes).written);
  }

  encodeInto(text, bytes) {
    if (!isView(bytes) || typeOfView(bytes) !== "Uint8Array") {
      throw invalidType("dest", "an instance of Uint8Array", bytes);
    }
    return writeBytes(Str(text), bytes);
  }
}

// The bytes of a buffer or of a view on one.
function bytesOf(input) {
  if (input === undefined) return new Bytes(0);
  if (input !== null && typeof input === "object") {
    const kind = classOf(input);
    if (kind === CLASS.ArrayBuffer || kind === CLASS.SharedArrayBuffer) return new Bytes(input);
    if (kind === CLASS.DataView) {
      return new Bytes(bufferOfDataView(input), offsetOfDataView(input), lengthOfDataView(input));
    }
    if (isView(input)) return new Bytes(bufferOfView(input), offsetOfView(input), bytesInView(input));
  }
  throw invalidType("list", "an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.", input);
}
const bytesInView = getter(getPrototypeOf(Uint8Array.prototype), "byteLength");

class TextDecoder {
  #isFatal;
  #keepsMark;
  #hasBegun = false;
  // A character whose bytes are not all there yet: its bits, how many bytes it lacks, and what the next may be.
  #code = 0;
  #lacking = 0;
  #lowest = 0x80;
  #highest = 0xbf;

  constructor(label = "utf-8", options = undefined) {
    const name = lower(trim(Str(label)));
    if (!(name in UTF_8)) throw absent('TextDecoder for the encoding "' + Str(label) + '"', '"utf-8" is');
    this.#isFatal = !!options?.fatal;
    this.#keepsMark = !!options?.ignoreBOM;
  }

  get encoding() {
    return "utf-8";
  }

  get fatal() {
    return this.#isFatal;
  }

  get ignoreBOM() {
    return this.#keepsMark;
  }

  #invalid() {
    this.#lacking = 0;
    if (!this.#isFatal) return REPLACEMENT;
    const message = "The encoded data was not valid for encoding utf-8";
    throw withCode(new TypeErrorClass(message), "ERR_ENCODING_INVALID_ENCODED_DATA");
  }

  #begin(byte) {
    if (byte < 0xc2 || byte > 0xf4) return this.#invalid();
    this.#lacking = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    this.#code = byte & (0x3f >> this.#lacking);
    this.#lowest = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.#highest = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    return "";
  }

  decode(input, options = undefined) {
    const bytes = bytesOf(input);
    const count = lengthOfView(bytes);
    let text = "";
    const add = (part) => {
      if (part === "") return;
      if (this.#hasBegun || part !== "\ufeff" || this.#keepsMark) text += part;
      this.#hasBegun = true;
    };
    for (let index = 0; index < count; index++) {
      const byte = bytes[index];
      if (this.#lacking > 0 && (byte < this.#lowest || byte > this.#highest)) add(this.#invalid());
      if (this.#lacking > 0) {
        this.#code = (this.#code << 6) | (byte & 0x3f);
        this.#lowest = 0x80;
        this.#highest = 0xbf;
        if (--this.#lacking === 0) add(fromCodePoint(this.#code));
      } else if (byte < 0x80) add(fromCodePoint(byte));
      else add(this.#begin(byte));
    }
    if (options?.stream) return text;
    if (this.#lacking > 0) add(this.#invalid());
    this.#hasBegun = false;
    return text;
  }
}

publish(root, "TextEncoder", TextEncoder);
publish(root, "TextDecoder", TextDecoder);
