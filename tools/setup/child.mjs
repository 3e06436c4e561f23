import { spawn } from 'node:child_process';

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, output: string }} Outcome */

/** The last part of what a command said, enough to see why it failed. */
const maxKeptCharacters = 20_000;

/**
 * Runs a command to its end without a terminal of its own, and keeps what it printed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options]
 * @returns {Promise<Outcome>} a command that cannot be started has code 127
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that the whole of it can be ended with us.
      detached: true,
    });
    let output = '';
    let unfinishedLine = '';
    /** @param {string} text */
    const take = (text) => {
      output = (output + text).slice(-maxKeptCharacters);
      const lines = (unfinishedLine + text).split('\n');
      unfinishedLine = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);

    const release = endWithUs(() => endGroup(child.pid));
    child.once('error', (error) => {
      release();
      resolve({ code: 127, signal: null, output: error.message });
    });
    child.once('close', (code, signal) => {
      release();
      resolve({ code, signal, output });
    });
  });
}

/**
 * Runs a command in this terminal, passes signals on to it, and resolves with the exit code for this process.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // The channel is what tells the child that we are gone, even by SIGKILL. Its own group keeps a Ctrl-C from
    // reaching it twice: once from the terminal and once from here.
    const child = spawn(command, args, { ...options, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true });
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal);
    for (const signal of endingSignals) process.on(signal, pass);
    const orphaned = watchForLostNpm(() => child.kill('SIGTERM'));
    const release = () => {
      for (const signal of endingSignals) process.off(signal, pass);
      clearInterval(orphaned);
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      release();
      // A program that was interrupted may have left something behind (tests that start the whole program do).
      endGroup(child.pid);
      if (child.connected) child.disconnect();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** @param {number | undefined} pid a child that leads its own process group */
function endGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // ESRCH: nothing of it is left.
  }
}

/** @type {NodeJS.Signals[]} */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {() => void} end
 * @returns {() => void} stops watching
 */
function endWithUs(end) {
  /** @param {NodeJS.Signals} signal */
  const leave = (signal) => {
    end();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  for (const signal of endingSignals) process.once(signal, leave);
  return () => {
    for (const signal of endingSignals) process.off(signal, leave);
  };
}

/**
 * npm passes signals on to its script, but cannot when it is killed outright; then nobody would end the script.
 *
 * @param {() => void} onLost
 */
function watchForLostNpm(onLost) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => process.ppid !== parent && onLost(), 1_000);
  timer.unref();
  return timer;
}
