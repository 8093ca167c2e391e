/** The part of Markdown that statements, introductions and explanations use. */
export type Block =
  | { kind: 'paragraph'; content: Inline[] }
  | { kind: 'heading'; content: Inline[] }
  | { kind: 'list'; isOrdered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string };

export interface Inline {
  text: string;
  style: 'plain' | 'code' | 'strong' | 'emphasis';
}

const inlinePattern =
  /`([^`]+)`|\*\*(.+?)\*\*|(?<![\w*])[*_](?!\s)(.+?)(?<!\s)[*_](?![\w*])|\[([^\]]+)\]\([^)]*\)/g;

export function parseInline(text: string): Inline[] {
  const result: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(inlinePattern)) {
    if (match.index > end) result.push({ text: text.slice(end, match.index), style: 'plain' });
    const [whole, code, strong, emphasis, link] = match;
    if (code !== undefined) result.push({ text: code, style: 'code' });
    else if (strong !== undefined) result.push({ text: strong.replaceAll('`', ''), style: 'strong' });
    else if (emphasis !== undefined) result.push({ text: emphasis, style: 'emphasis' });
    else result.push({ text: link ?? whole, style: 'plain' });
    end = match.index + whole.length;
  }
  if (end < text.length) result.push({ text: text.slice(end), style: 'plain' });
  return result;
}

const listItem = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;

function parseList(lines: string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    const text = listItem.exec(line)?.[2];
    if (text !== undefined) items.push(text);
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  const isOrdered = listItem.exec(lines[0] ?? '')?.[1] !== undefined;
  return { kind: 'list', isOrdered, items: items.map(parseInline) };
}

function parseParagraph(lines: string[]): Block[] {
  const [first = ''] = lines;
  const heading = /^#{1,6}\s+(.*)$/.exec(first);
  if (heading) {
    const rest = lines.length > 1 ? parseParagraph(lines.slice(1)) : [];
    return [{ kind: 'heading', content: parseInline(heading[1] ?? '') }, ...rest];
  }
  const listStart = lines.findIndex((line) => listItem.test(line));
  if (listStart === 0) return [parseList(lines)];
  const text = lines.slice(0, listStart > 0 ? listStart : undefined);
  const paragraph: Block = {
    kind: 'paragraph',
    content: parseInline(text.map((line) => line.trim()).join(' ')),
  };
  return listStart > 0 ? [paragraph, parseList(lines.slice(listStart))] : [paragraph];
}

export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let code: string[] | null = null;
  const flush = () => {
    if (paragraph.length > 0) blocks.push(...parseParagraph(paragraph));
    paragraph = [];
  };
  for (const line of source.split('\n')) {
    const isFence = line.trimStart().startsWith('```');
    if (code) {
      if (isFence) {
        blocks.push({ kind: 'code', text: code.join('\n') });
        code = null;
      } else code.push(line);
    } else if (isFence) {
      flush();
      code = [];
    } else if (line.trim() === '') flush();
    else paragraph.push(line);
  }
  if (code) blocks.push({ kind: 'code', text: code.join('\n') });
  flush();
  return blocks;
}

/** How a text begins, up to its first empty line. */
export const firstParagraph = (source: string): string => source.trimStart().split(/\n\s*\n/, 1)[0] ?? '';
