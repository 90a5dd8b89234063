import { computed, signal } from '@preact/signals';
import { request } from '../shared/api';
import type { Label } from '../shared/label-tag';

/** The labels that there are, known whole. */
export class Labels {
  readonly all = signal<Label[]>([]);
  readonly byId = computed(() => new Map(this.all.value.map((label) => [label.id, label])));

  async load(): Promise<void> {
    try {
      this.all.value = await request<Label[]>('/api/labels');
    } catch {
      // Those known before go on being shown; the next connection loads them again.
    }
  }

  /** Those of the ids that there still are, by their names. */
  of(ids: string[] = []): Label[] {
    return this.all.value.filter(({ id }) => ids.includes(id));
  }
}
