import type { CallController } from '../call/controller.ts';
import type { HelpHost, MountedHelp } from '../loader/host.ts';
import { createPanel } from '../ui/panel.ts';
import { publicEventsOf } from './public-events.ts';

/** How long a press waits for a page that fetches its kiosk token while it loads. */
const SETTINGS_WAIT_MS = 4_000;

/** Ties a controller to its panel, to the button and to the host page's events. */
export function assembleHelp(host: HelpHost, controller: CallController): MountedHelp {
  const { root, button, element } = host;
  const panel = createPanel({ root, opener: button, controller, reload: () => location.reload() });
  let before = controller.state();

  const render = (): void => {
    const after = controller.state();
    const events = publicEventsOf(before, after, host.settings().service);
    before = after;
    panel.render(after, host.settings().language);
    button.setAttribute('aria-expanded', String(after.at !== 'idle'));
    for (const { name, detail } of events) {
      element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    }
  };

  let waiting: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    button.ariaBusy = null;
    controller.open();
  };
  const isSetUp = (): boolean => host.settings().deviceToken !== '' && host.settings().service !== '';

  controller.subscribe(render);
  controller.resume();

  return {
    open() {
      if (isSetUp()) return open();
      button.ariaBusy = 'true';
      waiting ??= setTimeout(open, SETTINGS_WAIT_MS);
    },
    refresh() {
      controller.resume();
      if (waiting !== undefined && isSetUp()) open();
      render();
    },
    close() {
      clearTimeout(waiting);
      controller.close();
      panel.close();
    },
  };
}
