import { RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

/** How much further than its line a wrapped continuation is indented, in characters. */
const continuation = 4;

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let position = from; position <= to; ) {
      const line = view.state.doc.lineAt(position);
      const indent = (/^\s*/.exec(line.text)?.[0].length ?? 0) + continuation;
      const style = `padding-left: calc(${indent}ch + 6px); text-indent: -${indent}ch`;
      builder.add(line.from, line.from, Decoration.line({ attributes: { style } }));
      position = line.to + 1;
    }
  }
  return builder.finish();
}

/** Wrapped lines continue below their own indentation, so that the shape of the code stays readable. */
export const hangingIndent = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
