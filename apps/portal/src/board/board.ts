import {
  boardName,
  boardShapesMax,
  penNumbersMax,
  type Shape,
  shapeOf,
  shapeTextLengthMax,
} from '@parvis/document/board';
import * as Y from 'yjs';

type Change = Partial<Pick<Shape, 'ink' | 'x' | 'y' | 'w' | 'h' | 'text'>>;

/**
 * What is drawn in a document, for one page of one person: the shapes in their order, the writing of them, and taking
 * back what this page has done, never what others have.
 */
export class Board {
  readonly #doc: Y.Doc;
  readonly #map: Y.Map<unknown>;
  readonly #undo: Y.UndoManager;
  readonly #known = new Map<string, Shape>();
  readonly #listeners = new Set<() => void>();
  #shown: readonly Shape[] = [];
  #steps = { undo: false, redo: false };

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#map = doc.getMap(boardName);
    // A step is what was done between two calls of `begin`, however long it took.
    this.#undo = new Y.UndoManager(this.#map, {
      trackedOrigins: new Set([this]),
      captureTimeout: Number.MAX_SAFE_INTEGER,
    });
    for (const id of this.#map.keys()) this.#read(id);
    this.#sort();
    this.#map.observeDeep(this.#hear);
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const)
      this.#undo.on(event, this.#count);
  }

  stop(): void {
    this.#map.unobserveDeep(this.#hear);
    this.#undo.destroy();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** The lowest first; the same array as long as nothing has changed. */
  shapes = (): readonly Shape[] => this.#shown;
  /** Whether there is something of mine to take back, or to do again. */
  steps = (): { readonly undo: boolean; readonly redo: boolean } => this.#steps;

  /** From here on another step is written, which is taken back by itself. */
  begin(): void {
    this.#undo.stopCapturing();
  }
  undo = (): void => void this.#undo.undo();
  redo = (): void => void this.#undo.redo();

  /** Lays a new shape on top. @returns its id */
  add(shape: Omit<Shape, 'id' | 'z'>): string {
    const id = crypto.randomUUID();
    const { points, ...rest } = shape;
    this.#write(() => {
      const stored = new Y.Map<unknown>();
      for (const [key, value] of Object.entries({ ...rest, z: (this.#shown.at(-1)?.z ?? 0) + 1 }))
        stored.set(key, value);
      if (points.length > 0) stored.set('points', Y.Array.from([...points]));
      this.#map.set(id, stored);
    });
    return id;
  }

  /** Goes on with a line of the pen; what somebody has taken away meanwhile stays away. */
  extend(id: string, points: readonly number[]): void {
    this.#write(() => {
      const stored = this.#map.get(id);
      const line: unknown = stored instanceof Y.Map ? stored.get('points') : undefined;
      if (line instanceof Y.Array && line.length + points.length <= penNumbersMax) line.push([...points]);
    });
  }

  change(id: string, change: Change): void {
    this.#write(() => {
      const stored = this.#map.get(id);
      if (!(stored instanceof Y.Map)) return;
      for (const [key, value] of Object.entries(change)) {
        const next = typeof value === 'string' ? value.slice(0, shapeTextLengthMax) : value;
        if (stored.get(key) !== next) stored.set(key, next);
      }
    });
  }

  remove(id: string): void {
    this.#write(() => this.#map.delete(id));
  }

  #write(act: () => void): void {
    this.#doc.transact(act, this);
  }

  #read(id: string): void {
    const shape = shapeOf(id, this.#map.get(id));
    if (shape === null) this.#known.delete(id);
    else this.#known.set(id, shape);
  }

  #sort(): void {
    const all = [...this.#known.values()].sort((a, b) => a.z - b.z || (a.id < b.id ? -1 : 1));
    this.#shown = all.slice(0, boardShapesMax);
  }

  /** Reads again what has changed, and nothing else: a line that grows is one shape among many. */
  readonly #hear = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const event of events) {
      const [id] = event.path;
      if (typeof id === 'string') this.#read(id);
      else for (const key of event.keys.keys()) this.#read(key);
    }
    this.#sort();
    for (const listener of this.#listeners) listener();
  };

  readonly #count = (): void => {
    const next = { undo: this.#undo.canUndo(), redo: this.#undo.canRedo() };
    if (next.undo === this.#steps.undo && next.redo === this.#steps.redo) return;
    this.#steps = next;
    for (const listener of this.#listeners) listener();
  };
}
