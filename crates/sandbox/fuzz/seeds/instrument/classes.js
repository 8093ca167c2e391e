class A extends B {
  static #x = () => this; static { let y = 1; y++ }
  get v() { return super.v } set v(w) { this.w = w }
  constructor(...all) { super(...all) }
  async *go(x) { for await (const y of x) yield* y; yield await x }
}
