import { afterEach, describe, expect, it } from 'vitest';
import { chooseLanguage } from '../src/shared/language';
import { placeInWords } from '../src/widget/queue-texts';
import { customerBench, message, welcome } from './customer-bench';

afterEach(() => chooseLanguage('en'));

it.each([
  [{}, '', ''],
  [{ position: 1 }, 'You are next', '您是下一位'],
  [
    { position: 3, waitSeconds: 240 },
    'You are number 3 in the queue; usually 4 minutes',
    '您当前排在第 3 位，通常需要 4 分钟',
  ],
  [
    { position: 2, waitSeconds: 60 },
    'You are number 2 in the queue; usually a minute',
    '您当前排在第 2 位，通常需要 1 分钟',
  ],
  [
    { position: 2, waitSeconds: 7200 },
    'You are number 2 in the queue; usually more than an hour',
    '您当前排在第 2 位，通常需要一小时以上',
  ],
])('%o is said in both languages', (place, en, zh) => {
  expect(placeInWords(place)).toBe(en);
  chooseLanguage('zh');
  expect(placeInWords(place)).toBe(zh);
});

describe('a customer who waits', () => {
  const bench = customerBench();

  it('has the place that was said last, until somebody takes the conversation or the page begins anew', async () => {
    await bench.connected(welcome(1));
    bench.server.wire.says(message(1, 'Hello'));
    bench.server.wire.says({ type: 'queue', position: 2, waitSeconds: 120 });
    expect(bench.client.queue.value.position).toBe(2);
    bench.server.wire.says({ ...message(2, ''), kind: 'assignee', text: undefined, assignee: 'Ada' });
    expect(bench.client.queue.value.position).toBeUndefined();
    bench.server.wire.says({ type: 'queue', position: 1 });
    bench.server.wire.says(welcome(2));
    expect(bench.client.queue.value.position).toBeUndefined();
  });
});
