import { createWriteStream } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runQuietly } from '../setup/child.mjs';
import { mediasoupPackage } from './mediasoup.mjs';

/** A network without the download must cost seconds, not minutes. */
const firstByteMs = 5_000;
const silenceMs = 10_000;
const totalMs = 180_000;
/** A worker archive is about 10 MB; anything much larger is not one. */
const maxBytes = 200 * 1024 * 1024;

/** Where mediasoup's own install script would look, with the same environment variable to name a mirror. */
export function prebuiltUrl() {
  const { version, repository } = mediasoupPackage();
  const releases = `${repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  const base = process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || releases;
  const kernel = platform() === 'linux' ? `-kernel${Number.parseInt(release(), 10)}` : '';
  return `${base}/${version}/mediasoup-worker-${version}-${platform()}-${arch()}${kernel}.tgz`;
}

/**
 * Downloads mediasoup's prebuilt worker into a folder, if it can be had soon.
 *
 * @param {string} folder an existing folder
 * @param {{ url?: string, limits?: { firstByteMs: number, silenceMs: number } }} [options]
 * @returns {Promise<string | undefined>} why it could not, or undefined when it is there
 */
export async function downloadPrebuilt(folder, { url = prebuiltUrl(), limits = { firstByteMs, silenceMs } } = {}) {
  const archive = join(folder, 'prebuilt.tgz');
  const deadline = new Deadline();
  try {
    deadline.set(limits.firstByteMs, `${new URL(url).host} did not answer within ${limits.firstByteMs / 1_000} s`);
    const answer = await fetch(url, { signal: AbortSignal.any([deadline.signal, AbortSignal.timeout(totalMs)]) });
    if (answer.status === 404) return 'there is none for this kind of machine';
    if (!answer.ok || !answer.body) return `the download answered ${answer.status} ${answer.statusText}`.trim();
    let bytes = 0;
    const watch = new Transform({
      transform(chunk, _encoding, done) {
        deadline.set(limits.silenceMs, `the download stopped after ${bytes} bytes`);
        bytes += chunk.length;
        done(bytes > maxBytes ? new Error('the download is too large') : null, chunk);
      },
    });
    // The body of a fetch and a Node stream are the same thing to fromWeb; only their declarations differ.
    const body = Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (answer.body));
    await pipeline(body, watch, createWriteStream(archive));
  } catch (error) {
    return deadline.reason ?? reasonOf(error);
  } finally {
    deadline.clear();
  }
  const { code, output } = await runQuietly('tar', ['-xzf', archive, '-C', folder, 'mediasoup-worker']);
  return code === 0 ? undefined : `the downloaded archive could not be unpacked: ${output.trim().split('\n')[0]}`;
}

/** A time limit that moves on with the progress it watches. */
class Deadline {
  #abort = new AbortController();
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  /** @type {string | undefined} */
  reason;

  get signal() {
    return this.#abort.signal;
  }

  /** @param {number} ms @param {string} reason */
  set(ms, reason) {
    this.clear();
    this.#timer = setTimeout(() => {
      this.reason = reason;
      this.#abort.abort();
    }, ms);
  }

  clear() {
    clearTimeout(this.#timer);
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  // fetch says only "fetch failed"; why is in its cause.
  return error.cause instanceof Error ? error.cause.message : error.message;
}
