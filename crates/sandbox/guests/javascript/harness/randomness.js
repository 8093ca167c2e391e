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
