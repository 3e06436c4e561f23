import type { HelpStateAt, WaitingView } from '../../call/state.ts';
import { createPlayback } from '../../media/playback.ts';
import { h, setShown, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { button, createLinkNotice, createNotices, createOwnPicture, deviceNotices, heading } from '../parts.ts';
import type { Screen, ScreenContext } from '../screen.ts';
import type { Texts } from '../texts/texts.ts';

/** The wait: how many are before, how long it takes, what will happen. */
export function createQueueScreen({ texts, controller }: ScreenContext): Screen<'waiting'> {
  const { queue } = texts;
  let last: HelpStateAt<'waiting'> | null = null;
  const title = heading(queue.title);
  const large = h('p', { class: 'large' });
  const small = h('p', { class: 'small' });
  const status = h(
    'div',
    { class: 'figures', role: 'status', 'aria-label': queue.name, 'aria-atomic': 'true' },
    large,
    small,
  );
  const own = createOwnPicture(queue.preview, texts.call.ownPictureOff);
  const preview = createPlayback(own.video, () => undefined);
  const figure = h('figure', {}, own.element, h('figcaption', {}, icon('shield'), h('span', {}, queue.notSent)));
  const notices = createNotices();
  const linkNotice = createLinkNotice(() => last && update(last));

  const update = (state: HelpStateAt<'waiting'>): void => {
    last = state;
    const { view, devices, link } = state;
    const place = queue.position(view.position);
    setText(large, view.ringing ? queue.ringing : place);
    setText(small, view.ringing ? `${queue.ringingLead} ${place}` : prospect(texts, view));
    status.classList.toggle('ringing', view.ringing);
    const track = devices.camera.state === 'working' ? devices.camera.track : null;
    preview.play(track);
    setShown(figure, track !== null);
    notices.show([
      ...linkNotice.notice(texts, link),
      ...(view.returned && !view.ringing ? [{ icon: 'clock', text: queue.returned } as const] : []),
      ...deviceNotices(texts, devices),
    ]);
  };

  return {
    element: h(
      'section',
      { class: 'queue', 'aria-labelledby': 'title' },
      Object.assign(title, { id: 'title' }),
      h('div', { class: 'wait' }, figure, status),
      notices.element,
      h('p', { class: 'foot' }, queue.next),
      h('div', { class: 'buttons' }, button(texts.cancel, { kind: 'plain', onPress: controller.cancel })),
    ),
    heading: title,
    update,
    close() {
      linkNotice.close();
      preview.close();
    },
  };
}

/** Who is before, and how long it takes; without an estimate only why there is none. */
function prospect({ queue }: Texts, { position, estimate }: WaitingView): string {
  if (estimate.state === 'unknown') return queue.estimate(estimate);
  return `${queue.ahead(position - 1)}${queue.comma}${queue.estimate(estimate)}`;
}
