// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code that holds templates is written here.
import type { Language } from '@/api/types';
import { applyChanges, phoneCharacterChanges } from './phone-character-changes';

const repaired = (code: string, language: Language) =>
  applyChanges(code, phoneCharacterChanges(code, language));

describe('Python', () => {
  test.each([
    // Pairs.
    ['print(“hello”)', 'print("hello")'],
    ['print(‘hello’)', "print('hello')"],
    ['print(„Gänse“, «oie», ＂鹅＂)', 'print("Gänse", "oie", "鹅")'],
    ['f(“”, ‘’)', 'f("", \'\')'],
    ['f(“a “)', 'f("a ")'],
    ['d[“a”] = d[“b”] + ‘c’', 'd["a"] = d["b"] + \'c\''],
    ['return “two words” if x else “”', 'return "two words" if x else ""'],
    // A pair of which one is right already.
    ['print(“hello")', 'print("hello")'],
    ['print("hello”)', 'print("hello")'],
    ['x = “a" + "b”', 'x = "a" + "b"'],
    ['f("a”, "b”)', 'f("a", "b")'],
    ["f('a’, 'b’)", "f('a', 'b')"],
    // What a string holds stays.
    ['x = “it\'s” + ‘say "hi"’', 'x = "it\'s" + \'say "hi"\''],
    ['x = “it’s”', 'x = "it’s"'],
    ['x = ‘don’t’', "x = 'don’t'"],
    ['x = “say ‘hi’ – now”', 'x = "say ‘hi’ – now"'],
    ['x = “a # b” # “c”', 'x = "a # b" # “c”'],
    ['x = "“”"', 'x = "“”"'],
    ["x = '“a” – b' – 1", "x = '“a” – b' - 1"],
    ['x = ("a" ‘b’ "c“d")', 'x = ("a" \'b\' "c“d")'],
    // Escapes.
    ['x = “say \\“hi\\””', 'x = "say \\"hi\\""'],
    ['x = “\\\\” + “b”', 'x = "\\\\" + "b"'],
    ['x = "\\“" + “b”', 'x = "\\“" + "b"'],
    // Prefixes.
    ['x = r“\\d” + b‘x’ + rb“y”', 'x = r"\\d" + b\'x\' + rb"y"'],
    ['x = f“{a} – {b}”', 'x = f"{a} – {b}"'],
    ['x = f"{a – b} – c"', 'x = f"{a - b} – c"'],
    ['x = f“{d[‘a’]}”', 'x = f"{d[\'a\']}"'],
    ['x = f“{d[“a”]} “', 'x = f"{d["a"]} "'],
    ['x = f"{d[‘a’]:–>10} ‘b’"', 'x = f"{d[\'a\']:–>10} ‘b’"'],
    ['x = f“{{a}} {b}”', 'x = f"{{a}} {b}"'],
    ['x = Rf“{a}” + half“b”', 'x = Rf"{a}" + half"b"'],
    // Strings of several lines.
    ['“””What “it” does.\n\nIt’s – so.\n“””\nx = “a”', '"""What “it” does.\n\nIt’s – so.\n"""\nx = "a"'],
    ['"""“a”\n‘b’ – c\n"""\nx = a – b', '"""“a”\n‘b’ – c\n"""\nx = a - b'],
    ["'''\n“a”\n'''  # “b”\nx = ‘c’", "'''\n“a”\n'''  # “b”\nx = 'c'"],
    ['x = "a\\\n“b” – c"', 'x = "a\\\n“b” – c"'],
    // Comments.
    ['# it’s “so” – really…', '# it’s “so” – really…'],
    ['x = 1 – 2  # 1 – 2', 'x = 1 - 2  # 1 – 2'],
    ['x ＝ 1 ＃ the “a”', 'x = 1 # the “a”'],
    // Without a partner.
    ['print(“hello)', 'print("hello)'],
    ['print(hello”)', 'print(hello")'],
    ['x = "he said “hi” to', 'x = "he said “hi” to'],
    // Dashes, spaces and what can't be seen.
    ['a – b — c − d', 'a - b - c - d'],
    ['if a:\n\u00a0\u00a0\u00a0\u00a0return\u00a0a', 'if a:\n    return a'],
    ['x\u200b = \ufeff“a\u200bb”', 'x = "a\u200bb"'],
    ['x\u3000=\u30001', 'x = 1'],
    // Signs of mathematics, and forms as wide as ideographs.
    ['if a ≤ b ≠ c ≥ d:', 'if a <= b != c >= d:'],
    ['x = a × b ÷ c', 'x = a * b / c'],
    ['def f(a: int) → int: …', 'def f(a: int) -> int: ...'],
    ['ｐｒｉｎｔ（ｘ［０］，｛１：２｝）', 'print(x[0],{1:2})'],
    ['x = “（１）” + （１）', 'x = "（１）" + (1)'],
    // What is right stays as it is.
    ['größe = "ß"  # naïve\nπ = 3', 'größe = "ß"  # naïve\nπ = 3'],
    ['', ''],
    // The code is wrong elsewhere too.
    ['def f(:\n    return “a b” – 1\nx = = ‘c’', 'def f(:\n    return "a b" - 1\nx = = \'c\''],
    ['x = f("a" “b c” – 1', 'x = f("a" "b c" - 1'],
    ['x = “a\ny = “b”', 'x = "a\ny = "b"'],
  ])('%s', (code, right) => {
    expect(repaired(code, 'python')).toBe(right);
  });
});

describe('JavaScript', () => {
  test.each([
    ['f(“a”, ‘b’);', 'f("a", \'b\');'],
    ['console.log("hello”);', 'console.log("hello");'],
    ['f("a”, "b”);', 'f("a", "b");'],
    ['const x = “it’s” + ‘don’t’;', 'const x = "it’s" + \'don’t\';'],
    ['const x = “a // b”; // “c”', 'const x = "a // b"; // “c”'],
    ['const x = “say \\“hi\\””;', 'const x = "say \\"hi\\"";'],
    ['const x = { “a”: [‘b’, “c”] };', 'const x = { "a": [\'b\', "c"] };'],
    // Comments.
    ['/* “a” –\n ‘b’ */ f(“c”); // – d', '/* “a” –\n ‘b’ */ f("c"); // – d'],
    // Templates, and code in them.
    ['x = `“a” – ${b – “c”} – ${`‘d’ ${‘e’} “`}`;', 'x = `“a” – ${b - "c"} – ${`‘d’ ${\'e\'} “`}`;'],
    ['x = `a\n“b”\n${c[“d”]}\n‘e’`;', 'x = `a\n“b”\n${c["d"]}\n‘e’`;'],
    ['x = `\\${“a”}` + “b”;', 'x = `\\${“a”}` + "b";'],
    ['x = ｀“a”\n${“b”}｀ + ｀', 'x = `“a”\n${"b"}` + `'],
    ['x = ｀“a” ${b}｀ + “c”;', 'x = `“a” ${b}` + "c";'],
    // A regular expression, and a division.
    ['x = /[“”/]–/g.test(“a”);', 'x = /[“”/]–/g.test("a");'],
    ['x = a / “b”.length / c – 1;', 'x = a / "b".length / c - 1;'],
    ['if (a) /“b”/.test(c – d);', 'if (a) /“b”/.test(c - d);'],
    ['x = (a) / b – “c” / d;', 'x = (a) / b - "c" / d;'],
    ['f(1)； ／／ it’s “a”', 'f(1); // it’s “a”'],
    // Two hyphens that became a dash.
    ['for (let i = n; i >= 0; i—) {}', 'for (let i = n; i >= 0; i--) {}'],
    ['i—;\n—j;\nn—\n', 'i--;\n--j;\nn--\n'],
    ['while (n— > 0) a[k—] = b[—k];', 'while (n-- > 0) a[k--] = b[-k];'],
    ['x = a—b; y = a — b; z = f(—1); x —= 2;', 'x = a-b; y = a - b; z = f(-1); x -= 2;'],
    ['x = a –\n  b;', 'x = a -\n  b;'],
    // Spaces and what can't be seen.
    ['let\u00a0x = 1;\u200b\n\u00a0\u00a0x = “\u00a0”;', 'let x = 1;\n  x = "\u00a0";'],
    ['const f = （a） => ｛ return a ≤ 1 ｝；', 'const f = (a) => { return a <= 1 };'],
    ['f(…xs);', 'f(...xs);'],
    ['const größe = "ß – ß";', 'const größe = "ß – ß";'],
    ['if (a {\n  f(“b c”);\n}', 'if (a {\n  f("b c");\n}'],
  ])('%s', (code, right) => {
    expect(repaired(code, 'javascript')).toBe(right);
  });
});

test('what the server takes the blamed character for counts', () => {
  const blamed = { character: '☞', meant: '->' };
  expect(applyChanges('☞ “☞”', phoneCharacterChanges('☞ “☞”', 'python', blamed))).toBe('-> "☞"');
});

test('what is repaired needs no more', () => {
  const code = 'x = f“{d[“a”]}” – ‘b’  # ‘c’\ny = "d”';
  const right = repaired(code, 'python');
  expect(phoneCharacterChanges(right, 'python')).toEqual([]);
});
