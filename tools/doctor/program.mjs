import { missingDebianPackages } from '../setup/apt.mjs';
import { installedChromium } from '../setup/chromium.mjs';
import { isInstalled } from '../setup/packages.mjs';
import { runtimeMajor, runtimeNode } from '../setup/paths.mjs';
import { isAtLeast, npmVersion, oldestNode, oldestNpm } from '../setup/versions.mjs';
import { debianPackages } from '../worker/build.mjs';
import { mediasoupPackage } from '../worker/mediasoup.mjs';
import { tryDtlsHandshake } from '../worker/probe.mjs';
import { findWorker } from '../worker/provide.mjs';
import { attention, fine, missing } from './finding.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */

/** @returns {Finding} */
export function checkNode() {
  const own = process.versions.node;
  if (!isAtLeast(own, oldestNode)) return missing('Node', `${own} is too old; install ${oldestNode} or newer`);
  const runtime = runtimeNode();
  if (!runtime) return attention('Node', `${own}; npm start brings Node ${runtimeMajor}, which runs the program`);
  return fine('Node', runtime === process.execPath ? `${own} runs the program` : `the program runs on ${runtime}`);
}

/** @returns {Finding} */
export function checkNpm() {
  try {
    const version = npmVersion();
    if (isAtLeast(version, oldestNpm)) return fine('npm', version);
    return missing('npm', `${version} is too old; run: npm install --global npm@11`);
  } catch (error) {
    return missing('npm', error instanceof Error ? error.message : String(error));
  }
}

/** @returns {Finding} */
export function checkPackages() {
  if (isInstalled()) return fine('Packages', 'in step with package-lock.json');
  return attention('Packages', 'not in step with package-lock.json; npm start installs them (or: npm ci)');
}

const origins = {
  environment: 'named by MEDIASOUP_WORKER_BIN',
  prebuilt: "mediasoup's prebuilt one",
  built: 'built on this machine',
};

/** @returns {Promise<Finding[]>} */
export async function checkWorker() {
  if (!isInstalled()) return [attention('Media worker', 'not looked at before the packages are installed')];
  /** @type {Finding[]} */
  const findings = [];
  const worker = findWorker({ say: (line) => findings.push(attention('Media worker', line)) });
  if (!worker) return [...findings, missingWorker()];
  const handshake = await tryDtlsHandshake(worker.path);
  const what = `${mediasoupPackage().version}, ${origins[worker.origin]}: ${worker.path}`;
  if (handshake.ok) findings.push(fine('Media worker', `${what}; starts, DTLS handshake in ${handshake.ms} ms`));
  else
    findings.push(missing('Media worker', `${what}; no DTLS handshake: ${handshake.reason}. ${replaceWorker(worker)}`));
  return findings;
}

/** @returns {Finding} */
function missingWorker() {
  const packages = missingDebianPackages(debianPackages());
  if (packages?.length === 0 || process.getuid?.() === 0) {
    return attention('Media worker', 'not here yet; npm start downloads it, or builds it in about 5 minutes');
  }
  const how = packages
    ? `run: sudo apt-get install --no-install-recommends ${packages.join(' ')}`
    : 'there is no dpkg here: set MEDIASOUP_WORKER_BIN to a worker made elsewhere';
  return attention('Media worker', `not here yet; npm start downloads it. To be able to build it as well, ${how}`);
}

/** @param {import('../worker/provide.mjs').Worker} worker */
function replaceWorker({ path, origin }) {
  return origin === 'environment'
    ? 'Unset MEDIASOUP_WORKER_BIN; npm start then gets another one.'
    : `Remove ${path}; npm start then gets a new one.`;
}

/** @returns {Finding} */
export function checkChromium() {
  const path = installedChromium();
  if (path) return fine('Chromium', `${path} (tests only)`);
  return attention('Chromium', 'not here; npm test installs it, or: sudo apt-get install chromium fonts-noto-cjk');
}
