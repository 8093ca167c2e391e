// How texts are ordered in en-US: by letters first, then by their accents, then by their case. Here are the characters
// of ASCII, the accented Latin letters, and common punctuation; texts with others are refused.

// In their order. The letters of a group differ in their case alone.
const GROUPS = [
  "\t", "\n", "\v", "\f", "\r", " ", "_", "-", "‐", "‒", "–", "—", ",", ";", ":", "!", "¡", "?", "¿", ".", "·",
  "'", '"', "«", "»", "(", ")", "[", "]", "{", "}", "§", "¶", "@", "*", "/", "\\", "&", "#", "%", "•",
  "`", "^", "°", "©", "®", "+", "±", "÷", "×", "<", "=", ">", "¬", "|", "¦", "~", "¤", "¢", "$", "£", "¥", "€",
  "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "aA", "bB", "cC", "dD", "eE", "fF", "gG", "hH", "iI", "jJ", "kK",
  "lL", "mM", "nN", "oO", "pP", "qQ", "rR", "sS", "tT", "uU", "vV", "wW", "xX", "yY", "zZ",
];
// Marks that are put on letters, in their order.
const MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304\u0335";
const ETH = 40;
const LIGATURE = 41;
const OPENING = 42;
const CLOSING = 43;
// Characters that are others with something more: what they count as, and the weight of that.
const COMPOUNDS = {
  __proto__: null,
  ø: ["o", 11], Ø: ["O", 11], đ: ["d", 15], Đ: ["D", 15], ł: ["l", 15], Ł: ["L", 15], ħ: ["h", 15], Ħ: ["H", 15],
  ð: ["d", ETH], Ð: ["D", ETH], æ: ["ae", LIGATURE], Æ: ["AE", LIGATURE], œ: ["oe", LIGATURE], Œ: ["OE", LIGATURE],
  ß: ["ss", LIGATURE], ẞ: ["SS", LIGATURE],
  "‘": ["'", OPENING], "’": ["'", CLOSING], "“": ['"', OPENING], "”": ['"', CLOSING],
};
const DIGIT_ZERO = GROUPS.indexOf("0") + 1;
const CODE_0 = 48;
const CODE_9 = 57;
// Of each character: twice the position of its group, and one more for a capital.
const WEIGHTS = new MapClass();
GROUPS.forEach((group, position) => {
  for (const character of group) {
    const isCapital = character >= "A" && character <= "Z";
    WEIGHTS.set(character.charCodeAt(0), 2 * (position + 1) + (isCapital ? 1 : 0));
  }
});
const ASCII_WEIGHTS = new Uint8Array(128);
for (let code = 0; code < 128; code++) ASCII_WEIGHTS[code] = WEIGHTS.get(code) ?? 0;

const normalize = method(String.prototype, "normalize");
const isDigit = (code) => code >= CODE_0 && code <= CODE_9;

// What the characters of a text weigh: letters, their accents and their case.
function weigh(text, isNumeric) {
  const weights = { __proto__: null, letters: newList(), accents: newList(), cases: newList() };
  const decomposed = normalize(text, "NFD");
  for (let index = 0; index < decomposed.length; index++) {
    const code = codeAt(decomposed, index);
    // Control characters count for nothing.
    if ((code < 32 && (code < 9 || code > 13)) || (code >= 127 && code < 160 && code !== 133) || code === 173) continue;
    const mark = indexOfText(MARKS, decomposed[index]);
    const compound = COMPOUNDS[decomposed[index]];
    if (mark >= 0) push(weights.accents, mark + 1);
    else if (compound !== undefined) {
      for (let at = 0; at < compound[0].length; at++) addWeight(weights, codeAt(compound[0], at), compound[1]);
    } else if (isNumeric && isDigit(code)) {
      let end = index + 1;
      while (end < decomposed.length && isDigit(codeAt(decomposed, end))) end++;
      let start = index;
      while (start < end - 1 && codeAt(decomposed, start) === CODE_0) start++;
      // Longer numbers are greater; then their digits count.
      push(weights.letters, DIGIT_ZERO + (end - start) / 1e6);
      push(weights.accents, 0);
      push(weights.cases, 0);
      for (; start < end; start++) addWeight(weights, codeAt(decomposed, start), 0);
      index = end - 1;
    } else addWeight(weights, code, 0);
  }
  return weights;
}

function addWeight(weights, code, accent) {
  const weight = mapGet(WEIGHTS, code);
  if (weight === undefined) refuseCharacter(code);
  push(weights.letters, weight >> 1);
  push(weights.accents, 0);
  if (accent > 0) push(weights.accents, accent);
  push(weights.cases, weight & 1);
}

function refuseCharacter(code) {
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  const shown = isHalf ? "a character outside of the Latin ones" : "the character " + quoteText(fromCodePoint(code));
  throw absent("Comparing texts by locale with " + shown, "Latin letters, digits and common punctuation are");
}

function compareLists(list, other) {
  for (let index = 0; index < list.length && index < other.length; index++) {
    if (list[index] !== other[index]) return list[index] < other[index] ? -1 : 1;
  }
  return list.length === other.length ? 0 : list.length < other.length ? -1 : 1;
}

// Like compareTexts, but null where the texts are not of ASCII alone.
function compareAscii(text, other, rules) {
  let byCase = 0;
  const length = min(text.length, other.length);
  for (let index = 0; index < length; index++) {
    const weight = ASCII_WEIGHTS[codeAt(text, index)];
    const otherWeight = ASCII_WEIGHTS[codeAt(other, index)];
    if (!(weight > 0 && otherWeight > 0)) return null;
    if (weight >> 1 !== otherWeight >> 1) return weight < otherWeight ? -1 : 1;
    if (byCase === 0 && weight !== otherWeight) byCase = weight < otherWeight ? -1 : 1;
  }
  if (text.length === other.length) return rules.hasCases ? (rules.isUpperFirst ? -byCase : byCase) : 0;
  const isLonger = text.length > length;
  return ASCII_WEIGHTS[codeAt(isLonger ? text : other, length)] > 0 ? (isLonger ? 1 : -1) : null;
}

function compareTexts(text, other, rules) {
  if (text === other) return 0;
  if (!rules.isNumeric) {
    const order = compareAscii(text, other, rules);
    if (order !== null) return order;
  }
  const weights = weigh(text, rules.isNumeric);
  const otherWeights = weigh(other, rules.isNumeric);
  const order =
    compareLists(weights.letters, otherWeights.letters) ||
    (rules.hasAccents ? compareLists(weights.accents, otherWeights.accents) : 0);
  if (order !== 0 || !rules.hasCases) return order;
  return rules.isUpperFirst
    ? -compareLists(weights.cases, otherWeights.cases)
    : compareLists(weights.cases, otherWeights.cases);
}
