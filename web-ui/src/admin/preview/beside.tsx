import type { ComponentChildren } from 'preact';
import { FoldedPreview } from './folded';

interface BesideProps {
  /** The form. */
  children: ComponentChildren;
  preview: () => ComponentChildren;
  /** Something in the form was changed. */
  changed?: () => void;
  /** Whether it is there at once, where there is room. */
  isOpen?: boolean;
}

/** A form, and beside it, or below it where there is no room, what customers would see. */
export function BesidePreview({ children, preview, changed, isOpen = false }: BesideProps) {
  return (
    <div class="beside-preview">
      <div onInput={changed}>{children}</div>
      <FoldedPreview isOpen={isOpen && window.matchMedia('(width >= 1100px)').matches}>
        {preview}
      </FoldedPreview>
    </div>
  );
}
