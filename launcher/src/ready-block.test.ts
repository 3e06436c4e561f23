import { expect, it } from 'vitest';
import { readyBlock } from './ready-block.ts';

const facts = { url: 'http://localhost:3000/', startUpMs: 2_140, logFolder: 'data/logs' };

it('[LAUNCH-14] the block shows every address and each password that was made in this start', () => {
  const block = readyBlock({
    ...facts,
    accounts: [
      { user: 'agent1', role: 'agent', password: 'plum-river-42' },
      { user: 'admin', role: 'admin', password: 'tall-cedar-17' },
    ],
  });
  expect(block).toContain('ready (2.1 s)');
  for (const path of ['/', '/kiosk/', '/console/']) expect(block).toContain(`http://localhost:3000${path}\n`);
  expect(block).toContain('agent1   plum-river-42   agent');
  expect(block).toContain('admin    tall-cedar-17   admin');
});

it('says where passwords are when they were made in an earlier start', () => {
  const block = readyBlock({ ...facts, accounts: [{ user: 'agent1', role: 'agent' }] });
  expect(block).toContain('agent1: with the passwords of the first start');
  expect(block).toContain('DEMO_PASSWORD');
});
