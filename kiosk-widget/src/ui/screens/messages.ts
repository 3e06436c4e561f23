import type { Failure } from '../../call/failure.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { button, heading, message } from '../parts.ts';
import type { Screen, ScreenContext } from '../screen.ts';

const still = { update: () => undefined, close: () => undefined };

/** Short: the devices are being opened. */
export function createOpeningScreen({ texts, controller }: ScreenContext): Screen<'opening-devices'> {
  const title = heading(texts.opening.title);
  const cancel = button(texts.cancel, { kind: 'plain', onPress: controller.cancel });
  const element = message({ icon: 'camera', title, lead: texts.opening.lead, buttons: [cancel] });
  return { element, heading: title, ...still };
}

/** Short: the server is asked for a call. */
export function createRequestingScreen({ texts, controller }: ScreenContext): Screen<'requesting'> {
  const title = heading(texts.requesting.title);
  const cancel = button(texts.cancel, { kind: 'plain', onPress: controller.cancel });
  const element = message({ icon: 'help', title, lead: texts.requesting.lead, buttons: [cancel] });
  return { element, heading: title, ...still };
}

/** After a page load in a call. */
export function createResumingScreen({ texts, controller }: ScreenContext): Screen<'resuming'> {
  const title = heading(texts.resuming.title);
  const end = button(texts.call.end, { kind: 'end', icon: 'end', onPress: controller.cancel });
  const element = message({ icon: 'help', title, lead: texts.resuming.lead, buttons: [end] });
  return { element, heading: title, ...still };
}

/** Neither camera nor microphone: what that means, and the choice to call nevertheless. */
export function createNoDevicesScreen({ texts, controller }: ScreenContext): Screen<'no-devices'> {
  const title = heading(texts.noDevices.title);
  const element = message({
    icon: 'warning',
    title,
    lead: texts.noDevices.lead,
    buttons: [
      button(texts.tryAgain, { kind: 'primary', onPress: controller.tryDevicesAgain }),
      button(texts.noDevices.callAnyway, { kind: 'plain', onPress: controller.callAnyway }),
      button(texts.cancel, { kind: 'plain', onPress: controller.cancel }),
    ],
  });
  return { element, heading: title, ...still };
}

/** A call that this tab did not begin may be somebody else's. */
export function createFoundCallScreen({ texts, controller }: ScreenContext): Screen<'found-call'> {
  const title = heading(texts.found.title);
  const element = message({
    icon: 'warning',
    title,
    lead: texts.found.lead,
    buttons: [
      button(texts.found.end, { kind: 'primary', icon: 'end', onPress: controller.endFoundCall }),
      button(texts.found.back, { kind: 'plain', onPress: controller.returnToCall }),
      button(texts.cancel, { kind: 'plain', onPress: controller.cancel }),
    ],
  });
  return { element, heading: title, ...still };
}

/** Seconds for which the goodbye stays when nobody touches it; it is counted down in sight. */
const THANKS_SECONDS = 20;

/** Goodbye, and the promise that nothing is left. */
export function createThanksScreen({ texts, controller }: ScreenContext): Screen<'thanks'> {
  const title = heading(texts.thanks.title);
  const countdown = h('p', { class: 'foot' }, texts.thanks.closing(THANKS_SECONDS));
  let leftSeconds = THANKS_SECONDS;
  const timer = setInterval(() => {
    leftSeconds -= 1;
    setText(countdown, texts.thanks.closing(leftSeconds));
    if (leftSeconds <= 0) controller.dismiss();
  }, 1_000);
  const element = message({
    icon: 'check',
    title,
    lead: texts.thanks.lead,
    extra: countdown,
    buttons: [button(texts.thanks.done, { kind: 'primary', onPress: controller.dismiss })],
  });
  return { element, heading: title, update: () => undefined, close: () => clearInterval(timer) };
}

/** Failures that another try cannot mend: somebody in the hall must help. */
const lasting: ReadonlySet<Failure> = new Set(['not-set-up', 'kiosk-refused', 'service-unknown', 'replaced']);

/** What went wrong, in words that say what to do next. */
export function createFailedScreen({ texts, controller, reload }: ScreenContext): Screen<'failed'> {
  const title = heading('');
  const lead = h('p');
  const buttons = h('div', { class: 'buttons' });
  const element = h(
    'section',
    { class: 'message', role: 'alert' },
    h('div', { class: 'mark' }, icon('warning')),
    h('div', { class: 'words' }, title, lead),
    buttons,
  );
  return {
    element,
    heading: title,
    update({ failure }) {
      const words = texts.failure[failure];
      setText(title, words.title);
      setText(lead, words.advice);
      const close = button(texts.close, { kind: 'plain', onPress: controller.dismiss });
      if (failure === 'outdated') {
        buttons.replaceChildren(button(texts.reload, { kind: 'primary', onPress: reload }), close);
      } else if (lasting.has(failure)) {
        buttons.replaceChildren(close);
      } else {
        buttons.replaceChildren(button(texts.tryAgain, { kind: 'primary', onPress: controller.open }), close);
      }
    },
    close: () => undefined,
  };
}
