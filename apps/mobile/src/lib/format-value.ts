import type { Language } from '@/api/types';

/** `max_sum` as the language writes it: the wire has Python's form. */
export function nameIn(language: Language, name: string): string {
  if (language === 'python') return name;
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A value of the wire, as a learner would write it in the language. */
export function formatValue(value: unknown, language: Language): string {
  return language === 'python' ? formatPython(value) : formatJavaScript(value);
}

/** The arguments of a call, one a line: `numbers = [1, 2]`. */
export function formatInput(input: Record<string, unknown>, language: Language): string {
  return Object.entries(input)
    .map(([name, value]) => `${nameIn(language, name)} = ${formatValue(value, language)}`)
    .join('\n');
}

/** A call as it is written in the language: `push(1)`. */
export function formatCall([operation, ...values]: unknown[], language: Language): string {
  const name = String(operation);
  // A capital letter marks the class that is constructed; JavaScript needs `new` for that.
  const prefix = language === 'javascript' && /^[A-Z]/.test(name) ? 'new ' : '';
  return `${prefix}${nameIn(language, name)}(${values.map((value) => formatValue(value, language)).join(', ')})`;
}

type Tagged =
  | { tag: 'int'; digits: string }
  | { tag: 'float'; name: string }
  | { tag: 'map'; pairs: [unknown, unknown][] }
  | { tag: 'set'; members: unknown[] }
  | { tag: 'cycle'; values: unknown[]; cycle: number }
  | { tag: 'object'; entries: [string, unknown][] };

function isPair(value: unknown): value is [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}

/** Reads the tagged forms of docs/values.md; an unknown tag stays a plain object. */
function readTagged(value: object): Tagged {
  const { $int, $float, $map, $set, $list, cycle } = value as Record<string, unknown>;
  if (typeof $int === 'string') return { tag: 'int', digits: $int };
  if (typeof $float === 'string') return { tag: 'float', name: $float };
  if (Array.isArray($map) && $map.every(isPair)) return { tag: 'map', pairs: $map };
  if (Array.isArray($set)) return { tag: 'set', members: $set };
  if (Array.isArray($list) && typeof cycle === 'number') return { tag: 'cycle', values: $list, cycle };
  return { tag: 'object', entries: Object.entries(value) };
}

function formatCycle(values: string[], cycle: number): string {
  return `${values.join(' → ')} → back to position ${cycle}`;
}

const pythonFloats: Record<string, string> = { NaN: 'nan', Infinity: 'inf', '-Infinity': '-inf' };

function quotePython(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}

function formatPython(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quotePython(value);
  if (Array.isArray(value)) return `[${value.map(formatPython).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  const read = readTagged(value);
  switch (read.tag) {
    case 'int':
      return read.digits;
    case 'float':
      return pythonFloats[read.name] ?? read.name;
    case 'map':
      return `{${read.pairs.map(([key, item]) => `${formatPython(key)}: ${formatPython(item)}`).join(', ')}}`;
    case 'object':
      return `{${read.entries.map(([key, item]) => `${formatPython(key)}: ${formatPython(item)}`).join(', ')}}`;
    case 'set':
      return read.members.length === 0 ? 'set()' : `{${read.members.map(formatPython).join(', ')}}`;
    case 'cycle':
      return formatCycle(read.values.map(formatPython), read.cycle);
  }
}

const isIdentifier = (text: string) => /^[A-Za-z_$][\w$]*$/.test(text);

function formatJavaScript(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(formatJavaScript).join(', ')}]`;
  if (typeof value !== 'object') return String(value);
  const read = readTagged(value);
  switch (read.tag) {
    case 'int':
      return `${read.digits}n`;
    case 'float':
      return read.name;
    case 'map':
      return `Map {${read.pairs.map(([key, item]) => `${formatJavaScript(key)} => ${formatJavaScript(item)}`).join(', ')}}`;
    case 'object':
      return `{${read.entries.map(([key, item]) => `${isIdentifier(key) ? key : JSON.stringify(key)}: ${formatJavaScript(item)}`).join(', ')}}`;
    case 'set':
      return `Set {${read.members.map(formatJavaScript).join(', ')}}`;
    case 'cycle':
      return formatCycle(read.values.map(formatJavaScript), read.cycle);
  }
}
