import './labels.css';
import type { components } from './rest';

export type Label = components['schemas']['Label'];

/** The dot tells labels apart for those who see colours; the name does for everybody. */
export function LabelTag({ label }: { label: Pick<Label, 'name' | 'color'> }) {
  return (
    <span class={`tag label-tag label-${label.color}`} title={label.name}>
      <span class="label-dot" aria-hidden="true" />
      <span class="label-name">{label.name}</span>
    </span>
  );
}
