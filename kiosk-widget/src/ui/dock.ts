/**
 * Makes room in the host page for the panel, so that the form stays in reach during the call: padding on the root element,
 * and two custom properties for pages whose own bars are fixed.
 */
export type Dock = {
  /** Measures the panel again; `null` gives the room back. */
  follow(panel: HTMLElement | null): void;
};

/** The properties of the root element's style that are borrowed, and given back as they were. */
const borrowed = [
  ['padding-top', 'top'],
  ['padding-right', 'right'],
  ['scroll-padding-top', 'top'],
  ['--bangban-inset-top', 'top'],
  ['--bangban-inset-right', 'right'],
] as const;

/** @param root the root element of the host page */
export function createDock(root: HTMLElement): Dock {
  const portrait = window.matchMedia('(orientation: portrait)');
  let before: Map<string, string> | null = null;
  let docked: HTMLElement | null = null;

  const place = (): void => {
    if (docked === null) return;
    const { width, height } = docked.getBoundingClientRect();
    const top = portrait.matches ? `${Math.round(height)}px` : '0px';
    const right = portrait.matches ? '0px' : `${Math.round(width)}px`;
    for (const [property, edge] of borrowed) root.style.setProperty(property, edge === 'top' ? top : right);
  };
  const size = new ResizeObserver(place);

  return {
    follow(panel) {
      if (panel === docked) return;
      size.disconnect();
      docked = panel;
      if (panel === null) {
        portrait.removeEventListener('change', place);
        for (const [property, value] of before ?? []) root.style.setProperty(property, value);
        before = null;
        return;
      }
      before ??= new Map(borrowed.map(([property]) => [property, root.style.getPropertyValue(property)]));
      portrait.addEventListener('change', place);
      size.observe(panel);
      place();
    },
  };
}
