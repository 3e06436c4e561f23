/** What a node may hold: other nodes, text, or nothing. */
export type Child = Node | string | null;

/** Attributes by their HTML names; `false` and null leave the attribute out, `true` sets it empty. */
export type Attributes = Record<string, string | boolean | null>;

/** Makes an element. Text is always text: nothing here parses HTML. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) setAttribute(element, attribute, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Sets, empties or removes an attribute. */
function setAttribute(element: Element, name: string, value: string | boolean | null): void {
  if (value === false || value === null) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : value);
}

/** Changes the text only when it differs, so that a live region does not speak again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows or hides without leaving a trace for screen readers. */
export function setShown(element: HTMLElement, shown: boolean): void {
  if (element.hidden === shown) element.hidden = !shown;
}
