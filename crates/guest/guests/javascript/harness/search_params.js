// URLSearchParams. URL itself is not here: to be right about hosts and paths it would be larger than all the rest.

const PERCENT = 37;
const UNRESERVED = /^[A-Za-z0-9*._-]$/;

function decodePart(text) {
  const source = join(splitText(text, "+"), " ");
  const bytes = new Bytes(source.length * 3);
  const { written } = writeBytes(source, bytes);
  let length = 0;
  for (let index = 0; index < written; index++) {
    let byte = bytes[index];
    if (byte === PERCENT && index + 2 < written) {
      const digits = fromCodePoint(bytes[index + 1]) + fromCodePoint(bytes[index + 2]);
      if (exec(/^[0-9a-f]{2}$/i, digits) !== null) {
        byte = parseIntOf(digits, 16);
        index += 2;
      }
    }
    bytes[length++] = byte;
  }
  return decodeBytes(lossyDecoder, sliceOfView(bytes, 0, length));
}
const lossyDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
const decodeBytes = method(TextDecoder.prototype, "decode");

function encodePart(text) {
  const bytes = new Bytes(text.length * 3);
  const { written } = writeBytes(text, bytes);
  let encoded = "";
  for (let index = 0; index < written; index++) {
    const character = fromCodePoint(bytes[index]);
    if (character === " ") encoded += "+";
    else if (exec(UNRESERVED, character) !== null) encoded += character;
    else encoded += "%" + upper(hexByte(bytes[index]));
  }
  return encoded;
}

class URLSearchParams {
  // Names and values by turns.
  #parts = newList();

  constructor(init = undefined) {
    if (init === undefined || init === null) return;
    if (typeof init === "object" || typeof init === "function") {
      if (typeof init[iteratorSymbol] === "function") this.#addPairs(init);
      else {
        const keys = keysOf(init);
        for (let index = 0; index < keys.length; index++) this.append(keys[index], init[keys[index]]);
      }
      return;
    }
    let text = toWellFormed(Str(init));
    if (text[0] === "?") text = slice(text, 1);
    const parts = splitText(text, "&");
    for (let index = 0; index < parts.length; index++) {
      if (parts[index] === "") continue;
      const equals = indexOfText(parts[index], "=");
      const end = equals < 0 ? parts[index].length : equals;
      push(this.#parts, decodePart(slice(parts[index], 0, end)));
      push(this.#parts, decodePart(slice(parts[index], end + 1)));
    }
  }

  #addPairs(pairs) {
    for (const pair of pairs) {
      const isPair = pair !== null && typeof pair === "object" && typeof pair[iteratorSymbol] === "function";
      const items = newList();
      if (isPair) for (const item of pair) push(items, item);
      if (items.length !== 2) {
        const message = "Each query pair must be an iterable [name, value] tuple";
        throw withCode(new TypeErrorClass(message), "ERR_INVALID_TUPLE");
      }
      this.append(items[0], items[1]);
    }
  }

  // Keeps the pairs of which `isKept` is true.
  #keep(isKept) {
    const kept = newList();
    for (let index = 0; index < this.#parts.length; index += 2) {
      if (!isKept(this.#parts[index], this.#parts[index + 1])) continue;
      push(kept, this.#parts[index]);
      push(kept, this.#parts[index + 1]);
    }
    this.#parts = kept;
  }

  static partsOf(params) {
    return params.#parts;
  }

  static isOne(value) {
    return #parts in value;
  }

  get size() {
    return this.#parts.length / 2;
  }

  append(name, value) {
    if (arguments.length < 2) {
      throw withCode(new TypeErrorClass('The "name" and "value" arguments must be specified'), "ERR_MISSING_ARGS");
    }
    push(this.#parts, toWellFormed(Str(name)));
    push(this.#parts, toWellFormed(Str(value)));
  }

  delete(name, value = undefined) {
    const [key, only] = [toWellFormed(Str(name)), value === undefined ? undefined : toWellFormed(Str(value))];
    this.#keep((other, item) => other !== key || (only !== undefined && item !== only));
  }

  get(name) {
    const key = toWellFormed(Str(name));
    for (let index = 0; index < this.#parts.length; index += 2) {
      if (this.#parts[index] === key) return this.#parts[index + 1];
    }
    return null;
  }

  getAll(name) {
    const key = toWellFormed(Str(name));
    const values = [];
    for (let index = 0; index < this.#parts.length; index += 2) {
      if (this.#parts[index] === key) publishElement(values, this.#parts[index + 1]);
    }
    return values;
  }

  has(name, value = undefined) {
    const key = toWellFormed(Str(name));
    for (let index = 0; index < this.#parts.length; index += 2) {
      if (this.#parts[index] === key && (value === undefined || this.#parts[index + 1] === Str(value))) return true;
    }
    return false;
  }

  set(name, value) {
    const key = toWellFormed(Str(name));
    const text = toWellFormed(Str(value));
    let isSet = false;
    for (let index = 0; index < this.#parts.length && !isSet; index += 2) {
      if (this.#parts[index] !== key) continue;
      this.#parts[index + 1] = text;
      isSet = true;
    }
    let count = 0;
    if (isSet) this.#keep((other) => other !== key || count++ === 0);
    else this.append(key, text);
  }

  sort() {
    const pairs = newList();
    for (let index = 0; index < this.#parts.length; index += 2) {
      push(pairs, { __proto__: null, name: this.#parts[index], value: this.#parts[index + 1] });
    }
    sortArray(pairs, (pair, other) => (pair.name < other.name ? -1 : pair.name > other.name ? 1 : 0));
    const parts = newList();
    for (let index = 0; index < pairs.length; index++) {
      push(parts, pairs[index].name);
      push(parts, pairs[index].value);
    }
    this.#parts = parts;
  }

  forEach(call, self = undefined) {
    if (typeof call !== "function") throw invalidType("callback", "of type function", call);
    for (let index = 0; index < this.#parts.length; index += 2) {
      apply(call, self, [this.#parts[index + 1], this.#parts[index], this]);
    }
  }

  *entries() {
    for (let index = 0; index < this.#parts.length; index += 2) yield [this.#parts[index], this.#parts[index + 1]];
  }

  *keys() {
    for (let index = 0; index < this.#parts.length; index += 2) yield this.#parts[index];
  }

  *values() {
    for (let index = 0; index < this.#parts.length; index += 2) yield this.#parts[index + 1];
  }

  toString() {
    let text = "";
    for (let index = 0; index < this.#parts.length; index += 2) {
      text += (index > 0 ? "&" : "") + encodePart(this.#parts[index]) + "=" + encodePart(this.#parts[index + 1]);
    }
    return text;
  }
}

const { partsOf: partsOfParams, isOne: isParams } = URLSearchParams;
delete URLSearchParams.partsOf;
delete URLSearchParams.isOne;
publish(URLSearchParams.prototype, iteratorSymbol, URLSearchParams.prototype.entries);
defineProperty(URLSearchParams.prototype, tagSymbol, { value: "URLSearchParams", configurable: true });
publish(root, "URLSearchParams", URLSearchParams);
