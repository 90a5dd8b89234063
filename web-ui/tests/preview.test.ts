import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import { snippetFor } from '../src/admin/embed';
import { withForm, withHours, withSite, withWelcome } from '../src/admin/preview/look';
import { asked } from '../src/test-page/asked';
import { askedIn } from '../src/preview/asked';
import { storageOfItsOwn } from '../src/preview/own-storage';
import { SampleWire } from '../src/preview/sample';
import type { Scene } from '../src/shared/preview';
import { CustomerClient } from '../src/shared/customer';

const look = {
  name: 'Shop',
  color: '#0b57d0',
  maxTextLength: 500,
  ratingAsked: true,
  welcome: { team: [], questions: [] },
};

describe('the preview of the chat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const shown = async (scene: Scene) => {
    const client = new CustomerClient({
      open: () => new SampleWire(scene, look.maxTextLength),
      token: () => Promise.resolve('none'),
    });
    client.connection.start();
    await vi.advanceTimersByTimeAsync(100);
    return client;
  };

  it('begins, goes on and ends like a conversation, and answers what is written', async () => {
    const before = await shown('before');
    expect(before.isNew.value).toBe(true);
    expect(before.maxTextLength.value).toBe(500);

    const during = await shown('during');
    expect(during.entries.value.map(({ kind }) => kind)).toEqual(['message', 'assignee', 'message']);
    expect(during.offer.value?.choices).toHaveLength(2);
    during.send('Hello?');
    await vi.advanceTimersByTimeAsync(100);
    expect(during.entries.value.at(-1)).toMatchObject({ text: 'Hello?', delivery: 'sent' });
    expect(during.outbox.entries.value).toEqual([]);

    const after = await shown('after');
    expect(after.resolution.value).toBe(4);
    after.rate(4, 5);
    await vi.advanceTimersByTimeAsync(100);
    expect(after.rating.value).toMatchObject({ score: 5 });
    for (const client of [before, during, after]) client.connection.stop();
  });

  it('hears nothing but what is meant for it', () => {
    for (const other of [null, 'preview', {}, { replyloop: 'language' }, { replyloop: 'preview', look: 5 }])
      expect(askedIn(other)).toBeUndefined();
    expect(askedIn({ replyloop: 'preview', look, scene: 'nowhere' })).toEqual({ look, scene: 'before' });
  });

  it('is not the test page, which hears nothing either but what is meant for it', () => {
    const site = { key: 'k', name: 'Shop', color: '#0b57d0' };
    const page = { replyloop: 'test-page', site, language: 'ar', isDark: true, identity: 'jwt' };
    expect(asked(page)).toEqual(page);
    for (const other of [null, 'test-page', {}, { ...page, language: 'xx' }, { ...page, site: { key: 5 } }])
      expect(asked(other)).toBeUndefined();
    expect(asked({ ...page, identity: 5 })?.identity).toBeUndefined();
  });

  it('keeps what it keeps for itself', () => {
    const storage = storageOfItsOwn();
    storage.setItem('language', 'zh');
    expect([storage.getItem('language'), storage.length, storage.key(0)]).toEqual(['zh', 1, 'language']);
    expect(localStorage.getItem('language')).toBeNull();
    storage.removeItem('language');
    expect(storage.getItem('language')).toBeNull();
  });

  it('shows what stands in the forms', () => {
    const welcome = { team: [{ initials: 'X' }], questions: [] };
    const values = new FormData();
    values.set('name', ' Tea ');
    values.set('greetingEn', '');
    expect(withSite(values)(look)).toMatchObject({ name: 'Tea', greetingEn: undefined, ratingAsked: false });
    expect(withForm({ asked: false, fields: [] })(look).form).toBeUndefined();
    expect(
      withHours({ limited: true, offlineEn: 'Gone', weekly: [], holidays: [], timeZone: 'UTC' }, false)(look),
    ).toMatchObject({ hours: { open: false, offlineEn: 'Gone' } });
    expect(withWelcome({ team: 'nobody', questions: true })({ ...look, welcome }).welcome?.team).toEqual([]);
    expect(withWelcome({ team: 'initials', questions: true })({ ...look, welcome }).welcome?.team).toEqual([
      { initials: 'AL' },
      { initials: '李' },
    ]);
  });
});

it('gives each kind of website what names it and its colour', () => {
  for (const kind of ['html', 'next', 'nuxt', 'wordpress', 'shopify', 'tagManager'] as const) {
    const text = snippetFor(kind, { key: 'k1', color: '#123456' });
    expect(text).toContain('/loader.js');
    expect(text).toContain('k1');
    expect(text).toContain('#123456');
  }
});
