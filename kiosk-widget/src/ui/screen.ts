import type { CallController } from '../call/controller.ts';
import type { HelpState, HelpStateAt } from '../call/state.ts';
import type { Texts } from './texts/texts.ts';

/** What a screen may use. */
export type ScreenContext = {
  texts: Texts;
  controller: CallController;
  /** Loads the host page anew. */
  reload(): void;
};

/** What the resident sees in one state. Lives as long as the state keeps its `at`. */
export type Screen<At extends HelpState['at']> = {
  element: HTMLElement;
  /** Receives the focus when the screen replaces another one that had it. */
  heading: HTMLElement;
  update(state: HelpStateAt<At>): void;
  /** Empties what shows or plays anything. */
  close(): void;
};
