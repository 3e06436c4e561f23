import { h } from '../dom.ts';
import { type IconName, icon } from '../icons.ts';
import { button, heading } from '../parts.ts';
import type { Screen, ScreenContext } from '../screen.ts';

const pointIcons: readonly IconName[] = ['eye', 'shield', 'person', 'hand'];

/** Who sees what, before anything is opened or sent. */
export function createConsentScreen({ texts, controller }: ScreenContext): Screen<'consent'> {
  const { consent } = texts;
  const title = heading(consent.title);
  title.id = 'title';
  return {
    element: h(
      'section',
      { class: 'consent', role: 'dialog', 'aria-labelledby': 'title' },
      h('div', {}, title, h('p', { class: 'lead' }, consent.lead)),
      h(
        'ul',
        {},
        ...consent.points.map((point, index) => h('li', {}, icon(pointIcons[index] ?? 'check'), h('span', {}, point))),
      ),
      h('p', { class: 'foot' }, consent.foot),
      h(
        'div',
        { class: 'buttons' },
        button(texts.agree, { kind: 'primary', icon: 'camera', onPress: controller.agree }),
        button(texts.cancel, { kind: 'plain', onPress: controller.cancel }),
      ),
    ),
    heading: title,
    update: () => undefined,
    close: () => undefined,
  };
}
