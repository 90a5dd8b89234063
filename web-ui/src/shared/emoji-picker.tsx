import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { composing } from './composer';
import { emojiIn, found, recentEmoji, rememberEmoji, type Emoji } from './emoji-data';
import './emoji-picker.css';
import { language } from './language';
import { messages } from './messages';

const emojiTexts = messages<'emoji/emoji'>(
  import.meta.glob('../messages/*/emoji/emoji.json', { import: 'default' }),
);

const columns = 8;

interface PickerProps {
  choose: (emoji: string) => void;
  /** @param back whether the focus goes back to where it was */
  closed: (back: boolean) => void;
  opener: RefObject<HTMLElement | null>;
}

interface Group {
  name: string;
  emoji: Emoji[];
}

/** Emoji in groups, and a search in their names in the language of the page. Arrow keys move in the grid. */
export function EmojiPicker({ choose, closed, opener }: PickerProps) {
  const t = emojiTexts();
  const box = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const id = useId();
  const looked = useSignal('');
  const loaded = useSignal<Emoji[][] | undefined>(undefined);
  const failed = useSignal(false);
  useSignalEffect(() => {
    const spoken = language.value;
    emojiIn(spoken).then(
      (groups) => {
        if (language.peek() === spoken) loaded.value = groups;
      },
      () => (failed.value = true),
    );
  });
  const groups = useComputed(() => shown(loaded.value, looked.value.trim()));
  useEffect(() => {
    search.current?.focus();
    const outside = ({ target }: PointerEvent) => {
      if (!(target instanceof Node) || box.current?.contains(target) || opener.current?.contains(target))
        return;
      closed(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);
  const take = (emoji: string) => {
    rememberEmoji(emoji);
    choose(emoji);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event)) return;
    if (event.key === 'Escape') {
      // Nothing around closes with it.
      event.preventDefault();
      event.stopPropagation();
      closed(true);
      return;
    }
    if (event.key === 'Enter' && event.target === search.current) {
      event.preventDefault();
      const [first] = groups.value[0]?.emoji ?? [];
      if (looked.peek().trim() && first) take(first[0]);
      return;
    }
    move(event, box.current, search.current);
  };
  const number = groups.value.reduce((sum, { emoji }) => sum + emoji.length, 0);
  return (
    <div ref={box} class="emoji-picker" role="dialog" aria-label={t.picker} onKeyDown={onKeyDown}>
      <input
        ref={search}
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        aria-controls={id}
        value={looked.value}
        onInput={({ currentTarget: { value } }) => (looked.value = value)}
      />
      <p class="out-of-sight" role="status">
        {looked.value.trim() && loaded.value && (number > 0 ? t.found({ number }) : t.none)}
      </p>
      {!loaded.value && (
        <p class="hint" role={failed.value ? 'alert' : 'status'}>
          {failed.value ? t.failed : t.loading}
        </p>
      )}
      {loaded.value && number === 0 && (
        <p class="hint" aria-hidden="true">
          {t.none}
        </p>
      )}
      <div id={id} class="emoji-grid" role="grid" aria-label={t.picker}>
        {groups.value.map(({ name, emoji }, group) => (
          <div key={name} class="emoji-group" role="rowgroup" aria-label={name}>
            <p class="emoji-group-name" aria-hidden="true">
              {name}
            </p>
            {rows(emoji).map((row, index) => (
              <div key={index} class="emoji-row" role="row">
                {row.map(([each, called], column) => (
                  <button
                    key={each}
                    type="button"
                    class="emoji"
                    role="gridcell"
                    tabIndex={group === 0 && index === 0 && column === 0 ? 0 : -1}
                    aria-label={called}
                    title={called}
                    onClick={() => take(each)}
                  >
                    {each}
                  </button>
                ))}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function shown(all: Emoji[][] | undefined, looked: string): Group[] {
  const t = emojiTexts();
  if (!all) return [];
  if (looked) {
    const emoji = found(all, looked);
    return emoji.length > 0 ? [{ name: t.results, emoji }] : [];
  }
  const names = [t.group0, t.group1, t.group2, t.group3, t.group4, t.group5, t.group6, t.group7, t.group8];
  const known = new Map(all.flat().map((each) => [each[0], each]));
  const recent = recentEmoji()
    .map((emoji) => known.get(emoji))
    .filter((each) => each !== undefined);
  const groups = all.map((emoji, index) => ({ name: names[index] ?? '', emoji }));
  return recent.length > 0 ? [{ name: t.recent, emoji: recent }, ...groups] : groups;
}

function rows(emoji: Emoji[]): Emoji[][] {
  return Array.from({ length: Math.ceil(emoji.length / columns) }, (_, row) =>
    emoji.slice(row * columns, (row + 1) * columns),
  );
}

/** From the search down into the grid, and in it by cells and rows. */
function move(event: KeyboardEvent, box: HTMLElement | null, search: HTMLElement | null): void {
  const { key, target } = event;
  const lines = [...(box?.querySelectorAll('.emoji-row') ?? [])].map((row) => [
    ...row.querySelectorAll<HTMLElement>('.emoji'),
  ]);
  const row = lines.findIndex((line) => line.includes(target as HTMLElement));
  let next: HTMLElement | null | undefined;
  if (row < 0) {
    if (key !== 'ArrowDown') return;
    next = lines[0]?.[0];
  } else {
    const line = lines[row] ?? [];
    const column = line.indexOf(target as HTMLElement);
    const forward =
      getComputedStyle(event.currentTarget as HTMLElement).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const flat = lines.flat();
    const at = flat.indexOf(target as HTMLElement);
    const inRow = (other: HTMLElement[] | undefined) => other?.[Math.min(column, other.length - 1)];
    if (key === 'ArrowLeft' || key === 'ArrowRight') next = flat[at + (key === forward ? 1 : -1)];
    else if (key === 'ArrowDown') next = inRow(lines[row + 1]);
    else if (key === 'ArrowUp') next = row === 0 ? search : inRow(lines[row - 1]);
    else if (key === 'Home') next = line[0];
    else if (key === 'End') next = line.at(-1);
    else return;
  }
  event.preventDefault();
  if (!next) return;
  if (next !== search) for (const each of lines.flat()) each.tabIndex = each === next ? 0 : -1;
  next.focus();
}
