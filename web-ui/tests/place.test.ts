import { beforeEach, describe, expect, it } from 'vitest';
import { Place, PlaceKeeper } from '../src/thread/place';

const rowHeight = 20;

/** A scrolling box with rows of one height, as a browser would lay it out. */
class FakeBox {
  readonly element = document.createElement('div');
  readonly list = document.createElement('ol');
  top = 0;
  height = 100;
  above = 0;

  constructor(rows: number) {
    this.add(rows);
    const { element } = this;
    Object.defineProperties(element, {
      clientHeight: { get: () => this.height },
      scrollHeight: { get: () => this.content() },
      scrollTop: {
        get: () => this.top,
        set: (top: number) => (this.top = Math.max(0, Math.min(top, this.content() - this.height))),
      },
    });
    element.getBoundingClientRect = () => new DOMRect(0, 0, 100, this.height);
  }

  add(rows: number): void {
    for (let i = 0; i < rows; i++) {
      const row = document.createElement('li');
      const at = this.list.childElementCount;
      row.dataset['key'] = row.dataset['sequence'] = String(at + 1);
      row.getBoundingClientRect = () =>
        new DOMRect(0, this.above + at * rowHeight - this.top, 100, rowHeight);
      this.list.append(row);
    }
  }

  left(): number {
    return this.content() - this.height - this.top;
  }

  private content(): number {
    return this.above + this.list.childElementCount * rowHeight;
  }
}

describe('a place in a thread', () => {
  let box: FakeBox;
  let place: Place;
  let keeper: PlaceKeeper;

  beforeEach(() => {
    box = new FakeBox(50);
    place = new Place();
    keeper = new PlaceKeeper(box.element, box.list, place);
    keeper.settle();
  });

  function scrollTo(top: number): void {
    box.element.scrollTop = top;
    keeper.scrolled();
  }

  it('is the end at first, and follows it', () => {
    expect(box.left()).toBe(0);
    box.add(30);
    keeper.settle();
    expect(box.left()).toBe(0);
    expect(keeper.newestOnScreen()).toBe(80);
  });

  it('is not lost to a scroll event that comes after the thread has grown', () => {
    box.add(30);
    keeper.scrolled();
    expect(place.following.value).toBe(true);
    keeper.settle();
    expect(box.left()).toBe(0);
  });

  it('stays with the row that the person reads, whatever grows above and below', () => {
    scrollTo(405);
    expect(place.following.value).toBe(false);
    box.add(10);
    box.above = 333;
    keeper.settle();
    expect(box.top).toBe(405 + 333);
    expect(keeper.newestOnScreen()).toBe(25);
  });

  it('is the end again when the person scrolls to it', () => {
    scrollTo(405);
    scrollTo(890);
    expect(place.following.value).toBe(true);
  });

  it('is found again in a list that is drawn anew, and after it was hidden', () => {
    scrollTo(405);
    const later = new FakeBox(60);
    keeper = new PlaceKeeper(later.element, later.list, place);
    keeper.settle();
    expect(later.top).toBe(405);
    later.height = 0;
    keeper.settle();
    later.top = 0;
    later.height = 100;
    keeper.settle();
    expect(later.top).toBe(405);
  });

  it('shows nothing while it is hidden', () => {
    box.height = 0;
    keeper.settle();
    expect(keeper.newestOnScreen()).toBe(0);
  });

  it('shows an event that somebody looks for, and stays there', () => {
    expect(keeper.toEvent(999)).toBe(false);
    expect(place.following.value).toBe(true);
    expect(keeper.toEvent(10)).toBe(true);
    expect(place.following.value).toBe(false);
    expect(box.top).toBeGreaterThan(rowHeight * 5);
    expect(box.top).toBeLessThanOrEqual(rowHeight * 9);
    const before = box.top;
    box.add(5);
    keeper.settle();
    expect(box.top).toBe(before);
  });
});
