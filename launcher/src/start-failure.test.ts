import { describe, expect, it } from 'vitest';
import { explainStartFailure } from './start-failure.ts';

const failure = (facts: object) => Object.assign(new Error('listen failed'), facts);

describe('explainStartFailure', () => {
  it('names the port and the setting when a port is taken', () => {
    const sentence = explainStartFailure(failure({ code: 'EADDRINUSE', address: '127.0.0.1', port: 3000 }));
    expect(sentence).toContain('Port 3000 on 127.0.0.1 is taken');
    expect(sentence).toContain('PORT');
  });

  it('names the folder when it may not be written', () => {
    expect(explainStartFailure(failure({ code: 'EACCES', path: '/srv/data' }))).toContain(
      '/srv/data may not be written',
    );
  });

  it('passes on the sentence of a package that knows better', () => {
    expect(explainStartFailure(failure({ name: 'CannotStart', message: 'DEMO_PASSWORD is too short.' }))).toBe(
      'DEMO_PASSWORD is too short.',
    );
  });

  it('says how the program is called when it was called otherwise', () => {
    const error = failure({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION', message: "Unknown option '--rol'" });
    expect(explainStartFailure(error)).toBe("Unknown option '--rol'. Usage: main.ts [--role=signalling|sfu]");
  });

  it('leaves a bug to the log', () => {
    expect(explainStartFailure(new TypeError('x is not a function'))).toBeUndefined();
    expect(explainStartFailure('text')).toBeUndefined();
  });
});
