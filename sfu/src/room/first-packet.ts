import type { types } from 'mediasoup';
import type { SourceProducer } from './peer-producers.ts';

const awaited = new WeakMap<SourceProducer, Promise<void>>();

/** Resolves with the next packet that arrives for a producer, or when it closes. Never rejects. */
function nextPacket(producer: SourceProducer): Promise<void> {
  const known = awaited.get(producer);
  if (known) return known;
  const arrival = new Promise<void>((resolve) => {
    producer.once('trace', () => resolve());
    producer.observer.once('close', () => resolve());
  }).then(async () => {
    awaited.delete(producer);
    await trace(producer, []);
  });
  awaited.set(producer, arrival);
  void trace(producer, ['rtp']);
  return arrival;
}

async function trace(producer: SourceProducer, types: types.ProducerTraceEventType[]): Promise<void> {
  // A producer that is gone, or whose worker is, has no packets to wait for.
  if (!producer.closed) await producer.enableTraceEvent(types).catch(() => {});
}

/**
 * Makes mediasoup choose a simulcast layer as soon as a camera that was silent (held, muted) sends again. It chooses when
 * a consumer is resumed, by bit rates, which are zero at that moment; left alone, it looks again a second later.
 */
export async function chooseLayerInTime(consumer: types.Consumer, producer: SourceProducer): Promise<void> {
  const isSilent = consumer.type === 'simulcast' && producer.score.length > 0 && !consumer.currentLayers;
  if (!isSilent) return;
  await nextPacket(producer);
  if (consumer.closed || consumer.paused || consumer.currentLayers) return;
  // Sent together, so that whatever pauses the consumer for good comes after them.
  await Promise.all([consumer.pause(), consumer.resume()]);
}
