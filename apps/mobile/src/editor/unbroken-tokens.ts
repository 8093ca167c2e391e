import { Prec } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { unbrokenPieces } from './unbroken-pieces';

const decorator = new MatchDecorator({
  regexp: unbrokenPieces,
  decoration: Decoration.mark({ class: 'cm-unbroken' }),
});

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorator.createDeco(view);
    }

    update(update: ViewUpdate) {
      this.decorations = decorator.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

/**
 * Keeps what belongs together on one line; the look of the class is with the editor's. The colours of the syntax must
 * be inside these marks, and the lowest decorations are the outermost: between two marks a line may be broken.
 */
export const unbrokenTokens = Prec.lowest(plugin);
