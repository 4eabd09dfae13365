import type { Floating } from './useFloating.ts';

/** Reactions that rise over the faces. */
export function Floats({ floating }: { floating: readonly Floating[] }) {
  return (
    <div className="meet-float" aria-hidden="true">
      {floating.map(({ id, sign, name, at }) => (
        <span key={id} style={{ insetInlineStart: `${5 + at * 60}%` }}>
          <b>{sign}</b>
          <bdi>{name}</bdi>
        </span>
      ))}
    </div>
  );
}
