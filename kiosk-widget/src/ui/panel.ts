import type { Language } from '@bangban/protocol';
import type { CallController } from '../call/controller.ts';
import type { HelpState } from '../call/state.ts';
import { createDock } from './dock.ts';
import { h } from './dom.ts';
import panelCss from './panel.css?inline';
import type { Screen, ScreenContext } from './screen.ts';
import { createCallScreen } from './screens/call.ts';
import { createConsentScreen } from './screens/consent.ts';
import {
  createFailedScreen,
  createFoundCallScreen,
  createNoDevicesScreen,
  createOpeningScreen,
  createRequestingScreen,
  createResumingScreen,
  createThanksScreen,
} from './screens/messages.ts';
import { createQueueScreen } from './screens/queue.ts';
import screensCss from './screens.css?inline';
import { textsIn } from './texts/texts-in.ts';

type Shown = Exclude<HelpState['at'], 'idle'>;

const screens: { [At in Shown]: (context: ScreenContext) => Screen<At> } = {
  resuming: createResumingScreen,
  consent: createConsentScreen,
  'found-call': createFoundCallScreen,
  'opening-devices': createOpeningScreen,
  'no-devices': createNoDevicesScreen,
  requesting: createRequestingScreen,
  waiting: createQueueScreen,
  talking: createCallScreen,
  thanks: createThanksScreen,
  failed: createFailedScreen,
};

/** The docked panel: one screen at a time, in the top layer, beside a page that stays usable. */
export type Panel = {
  render(state: HelpState, language: Language): void;
  close(): void;
};

export type PanelParts = {
  /** Where the panel lives: the shadow root that also holds the button. */
  root: ShadowRoot;
  /** The focus goes back to it when the panel closes. */
  opener: HTMLElement;
  controller: CallController;
  reload(): void;
};

/** A panel that shows nothing until it is given a state other than idle. */
export function createPanel({ root, opener, controller, reload }: PanelParts): Panel {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(panelCss + screensCss);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  // In the top layer neither the host page's stacking nor its transforms reach the panel; `manual` leaves the page usable.
  const element = h('div', { class: 'panel', popover: 'manual' });
  root.append(element);
  const dock = createDock(document.documentElement);
  let current: { at: Shown; language: Language; screen: Screen<Shown> } | null = null;

  const leave = (): void => {
    current?.screen.close();
    current?.screen.element.remove();
    current = null;
  };

  /** Also after the host page has moved the element, which closes what was in the top layer. */
  const reveal = (): void => {
    if (element.isConnected && !element.matches(':popover-open')) element.showPopover();
    dock.follow(element);
  };

  const hide = (): void => {
    const hadFocus = element.contains(root.activeElement);
    leave();
    dock.follow(null);
    if (element.matches(':popover-open')) element.hidePopover();
    if (hadFocus) opener.focus();
  };

  return {
    render(state, language) {
      if (state.at === 'idle') return hide();
      if (current?.at !== state.at || current.language !== language) {
        // The resident may be typing in the form: only a focus that the widget has anyway is moved.
        const takesFocus = root.activeElement !== null;
        leave();
        const make = screens[state.at] as (context: ScreenContext) => Screen<Shown>;
        const screen = make({ texts: textsIn(language), controller, reload });
        current = { at: state.at, language, screen };
        element.lang = language;
        element.append(screen.element);
        screen.update(state);
        reveal();
        if (takesFocus) screen.heading.focus();
      } else {
        current.screen.update(state);
        reveal();
      }
    },
    close() {
      hide();
      element.remove();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}
