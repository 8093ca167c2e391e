import type { Drawing } from './layout';

/** The lines and arrow heads of a drawing. */
export interface StrokesProps extends Pick<Drawing, 'width' | 'height' | 'lines' | 'heads'> {
  color: string;
}
