import type { Link } from '../call/state.ts';
import type { DeviceReport } from '../media/devices.ts';
import { type Child, h, setShown } from './dom.ts';
import { type IconName, icon } from './icons.ts';
import type { Texts } from './texts/texts.ts';

export type ButtonKind = 'primary' | 'plain' | 'end';

/** A button with a drawing and words; the words are its name. */
export function button(
  label: string,
  options: { kind: ButtonKind; icon?: IconName; onPress(): void },
): HTMLButtonElement {
  const words = h('span', {}, label);
  const element = h('button', { type: 'button', class: options.kind }, options.icon ? icon(options.icon) : null, words);
  element.addEventListener('click', options.onPress);
  return element;
}

/** Gives a button other words and another drawing, in place, so that it keeps the focus. */
export function relabel(element: HTMLButtonElement, label: string, iconName: IconName): void {
  const [drawing, words] = element.children;
  if (!words || words.textContent === label) return;
  words.textContent = label;
  drawing?.replaceWith(icon(iconName));
}

/** The title of a screen; takes the focus when the screen appears. */
export function heading(text: string): HTMLHeadingElement {
  return h('h2', { tabindex: '-1' }, text);
}

/** A screen that only says something: drawing, title, words, buttons. */
export function message(parts: {
  icon: IconName;
  title: HTMLElement;
  lead: string;
  extra?: Child;
  buttons: HTMLElement[];
}): HTMLElement {
  return h(
    'section',
    { class: 'message' },
    h('div', { class: 'mark' }, icon(parts.icon)),
    h('div', { class: 'words' }, parts.title, h('p', {}, parts.lead), parts.extra ?? null),
    parts.buttons.length > 0 ? h('div', { class: 'buttons' }, ...parts.buttons) : null,
  );
}

/** Calm lines that come and go above the buttons; spoken once when they come. */
export type Notices = {
  element: HTMLElement;
  /** The lines to show now, in order; a line that was there stays untouched. */
  show(lines: readonly Notice[]): void;
};
export type Notice = { icon: IconName; text: string };

/** An empty list of notices. */
export function createNotices(): Notices {
  const element = h('div', { class: 'notices', 'aria-live': 'polite' });
  let shown = '';
  return {
    element,
    show(lines) {
      const key = lines.map((line) => line.text).join('\n');
      if (key === shown) return;
      shown = key;
      element.replaceChildren(...lines.map((line) => h('p', {}, icon(line.icon), h('span', {}, line.text))));
    },
  };
}

/** What to say about devices that do not work. */
export function deviceNotices(texts: Texts, devices: DeviceReport): Notice[] {
  const { camera, microphone } = devices;
  if (camera.state === 'failed' && microphone.state === 'failed') {
    return [{ icon: 'warning', text: texts.noDevices.lead }];
  }
  if (camera.state === 'failed') return [{ icon: 'camera-off', text: texts.problem.camera[camera.problem] }];
  if (microphone.state === 'failed')
    return [{ icon: 'microphone-off', text: texts.problem.microphone[microphone.problem] }];
  return [];
}

/** From here on the resident is warned that the call will end by itself. */
const WARN_AFTER_MS = 25_000;

/** Says how the connection stands, and warns before a call is given up. */
export function createLinkNotice(onChange: () => void): { notice(texts: Texts, link: Link): Notice[]; close(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    notice(texts, link) {
      clearTimeout(timer);
      if (link.state !== 'down') return [];
      const leftMs = link.sinceMs + WARN_AFTER_MS - performance.now();
      if (leftMs > 0) timer = setTimeout(onChange, leftMs);
      return [{ icon: 'network', text: leftMs > 0 ? texts.link.down : texts.link.downLong }];
    },
    close: () => clearTimeout(timer),
  };
}

/** The resident's own picture, mirrored as in a looking glass. */
export type OwnPicture = { element: HTMLElement; video: HTMLVideoElement; setOff(off: boolean): void };

/** An own picture without a track yet. */
export function createOwnPicture(label: string, offLabel: string): OwnPicture {
  const video = h('video', { 'aria-label': label, autoplay: true, playsinline: true });
  // As a property: the attribute counts only when the parser sets it.
  video.muted = true;
  const off = h('p', {}, icon('camera-off'), h('span', {}, offLabel));
  off.hidden = true;
  return {
    element: h('div', { class: 'own' }, video, off),
    video,
    setOff(isOff) {
      setShown(off, isOff);
      setShown(video, !isOff);
    },
  };
}
