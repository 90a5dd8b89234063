import { labelled } from '../../shared/language';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { previewTexts } from './preview-texts';

interface FoldedProps {
  children: () => ComponentChildren;
  /** The name of the website, where there are several. */
  of?: string;
  isOpen?: boolean;
}

/** Loaded when somebody wants to see it. */
export function FoldedPreview({ children, of, isOpen: first = false }: FoldedProps) {
  const isOpen = useSignal(first);
  const { show } = previewTexts();
  return (
    <details
      class="folded-preview"
      open={isOpen.value}
      onToggle={({ currentTarget: { open } }) => (isOpen.value = open)}
    >
      <summary>{of === undefined ? show : labelled(show, of)}</summary>
      {isOpen.value && children()}
    </details>
  );
}
