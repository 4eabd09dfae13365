/** One field of the picture: somebody's face, or a screen that is shown. */
export interface Tile {
  /** Of the track that it shows; empty without one. */
  readonly sid: string;
  readonly name: string;
  readonly agrees: boolean;
  readonly screen: boolean;
  readonly speaks: boolean;
  /** Null: a name is shown instead. */
  readonly video: HTMLVideoElement | null;
}
