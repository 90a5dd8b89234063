import type { ComponentChildren } from 'preact';
import { FoldedPreview } from './folded';

interface BesideProps {
  /** The fields of the form. */
  children: ComponentChildren;
  preview: () => ComponentChildren;
  /** Something in the fields was changed. */
  changed?: () => void;
  /** Whether it is there at once, where there is room. */
  isOpen?: boolean;
}

/**
 * The fields of a form, and beside them, or below where there is no room, what customers would see. It belongs into the
 * form, before its buttons, so that it is looked at before something is saved.
 */
export function BesidePreview({ children, preview, changed, isOpen = false }: BesideProps) {
  return (
    <div class="beside-preview">
      <div class="stack" onInput={changed}>
        {children}
      </div>
      <FoldedPreview isOpen={isOpen && window.matchMedia('(width >= 1100px)').matches}>
        {preview}
      </FoldedPreview>
    </div>
  );
}
