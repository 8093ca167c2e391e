// Randomness.

// Math.random of the engine would continue from the snapshot's state, the same in every run (sfc32). The seed is
// drawn when it is first called: a run without one can be repeated.
const state = new Uint32Array(4);
let isSeeded = false;
const math = {
  random() {
    if (!isSeeded) {
      isSeeded = true;
      for (let index = 0; index < 4; index++) state[index] = drawRandom();
      for (let index = 0; index < 12; index++) math.random();
    }
    const sum = (state[0] + state[1] + state[3]++) | 0;
    state[0] = state[1] ^ (state[1] >>> 9);
    state[1] = state[2] + (state[2] << 3);
    state[2] = ((state[2] << 21) | (state[2] >>> 11)) + sum;
    return ((sum >>> 0) * 2 ** 21 + (state[1] >>> 11)) / 2 ** 53;
  },
};
Object.defineProperty(Math, "random", { value: math.random, writable: true, configurable: true, enumerable: false });

// ---- crypto -------------------------------------------------------------------------------------------------------

const MAX_RANDOM_BYTES = 65536;

function drawBytes(bytes) {
  const count = lengthOfView(bytes);
  for (let index = 0; index < count; index += 4) {
    let bits = drawRandom();
    for (let at = index; at < index + 4 && at < count; at++) {
      bytes[at] = bits & 0xff;
      bits >>>= 8;
    }
  }
}

class Crypto {
  getRandomValues(view) {
    if (!isView(view) || classOf(view) === CLASS.DataView || indexOfText(typeOfView(view), "Float") >= 0) {
      throw new DOMExceptionClass("The data argument must be an integer-type TypedArray", "TypeMismatchError");
    }
    const size = bytesInView(view);
    if (size > MAX_RANDOM_BYTES) {
      const message = "The requested length exceeds 65,536 bytes";
      throw new DOMExceptionClass(message, "QuotaExceededError");
    }
    drawBytes(new Bytes(bufferOfView(view), offsetOfView(view), size));
    return view;
  }

  randomUUID() {
    const bytes = new Bytes(16);
    drawBytes(bytes);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let text = "";
    for (let index = 0; index < 16; index++) {
      if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
      text += hexByte(bytes[index]);
    }
    return text;
  }

  get subtle() {
    throw absent("crypto.subtle", "getRandomValues and randomUUID are");
  }
}
publish(root, "crypto", new Crypto());
