/** The key that does the same as the button it stands in. Shown only: `aria-keyshortcuts` tells it to screen readers. */
export function KeyHint({ name }: { name: string }) {
  return (
    <span className="key-hint" aria-hidden="true">
      {name}
    </span>
  );
}
