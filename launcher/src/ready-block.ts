import type { DemoAccount } from './role-messages.ts';

/** What a person needs to know once everything runs, for the terminal only: it holds first-run passwords. */
export function readyBlock(facts: {
  url: string;
  accounts: readonly DemoAccount[];
  startUpMs: number;
  logFolder: string;
}): string {
  const base = facts.url.replace(/\/$/, '');
  return [
    '',
    `  视频帮办 Bangban is ready (${(facts.startUpMs / 1_000).toFixed(1)} s)`,
    '',
    `    Overview   ${base}/`,
    `    Kiosk      ${base}/kiosk/`,
    `    Console    ${base}/console/`,
    '',
    ...accountLines(facts.accounts),
    `    Logs       ${facts.logFolder}`,
    '    Stop       Ctrl-C',
    '',
  ].join('\n');
}

function accountLines(accounts: readonly DemoAccount[]): string[] {
  if (accounts.length === 0) return [];
  if (accounts.every(({ password }) => password === undefined)) {
    const users = accounts.map(({ user }) => user).join(', ');
    return [
      `    Sign in    ${users}: with the passwords of the first start`,
      '               (lost? set DEMO_PASSWORD, or start with an empty DATA_DIR)',
      '',
    ];
  }
  const width = Math.max(...accounts.map(({ user }) => user.length));
  return [
    '    Demo accounts: passwords are shown this once (DEMO_PASSWORD chooses one for all)',
    '',
    ...accounts.map(({ user, role, password }) => {
      return `      ${user.padEnd(width)}   ${password ?? '(as before)'}   ${role}`;
    }),
    '',
  ];
}
