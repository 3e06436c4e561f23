import type { Language } from '@bangban/protocol';

/** What the loader gives to the rest of the widget. Types only: the loader must stay small. */
export type HelpHost = {
  root: ShadowRoot;
  button: HTMLButtonElement;
  /** The element itself, which dispatches the public events. */
  element: HTMLElement;
  /** The attributes as they are now. */
  settings(): { deviceToken: string; service: string; language: Language; server: string };
};

/** The rest of the widget, mounted in one element. */
export type MountedHelp = {
  /** The resident pressed the button. */
  open(): void;
  /** Attributes changed: another language, or the token that a page fetches after loading. */
  refresh(): void;
  /** The element left the page. The call itself is not ended: another page may go on with it. */
  close(): void;
};
