import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Console } from '../src/console/console';
import { Workspace } from '../src/console/workspace';
import { CodeField } from '../src/shared/second-factor-code';
import { ada } from './console-bench';
import { FakeServer } from './fake-wire';

/** What people do before the page has drawn its next frame, which takes its time on a busy machine. */
describe('before the next frame', () => {
  let box: HTMLElement;

  beforeEach(() => {
    const server = new FakeServer();
    vi.stubGlobal('WebSocket', function open() {
      return server.open();
    });
    box = document.createElement('div');
    document.body.append(box);
  });

  afterEach(() => {
    render(null, box);
    box.remove();
  });

  it('a key of the console counts as soon as the inbox is seen', () => {
    const workspace = new Workspace(ada, () => undefined);
    render(<Console workspace={workspace} />, box);
    const key = new KeyboardEvent('keydown', { key: '?', bubbles: true, cancelable: true });
    document.body.dispatchEvent(key);
    expect(key.defaultPrevented).toBe(true);
    workspace.stop();
  });

  it('a code that was refused is selected, so that the next one takes its place', () => {
    render(<CodeField />, box);
    const field = box.querySelector('input');
    if (!field) throw new Error('there is a field');
    expect(document.activeElement).toBe(field);
    field.value = '000000';
    field.setSelectionRange(6, 6);
    render(<CodeField refused="This code is wrong." />, box);
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 6]);
  });
});
