import * as combobox from '@zag-js/combobox';
import { normalizeProps, useMachine } from '@zag-js/preact';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import './combobox.css';
import { composing } from './composer';
import { facts, language } from './messages';

export interface Choice {
  value: string;
  name: string;
  detail?: string;
}

interface ComboboxProps {
  label: string;
  name: string;
  /** What stands in the field, one of the choices or not. */
  value: string;
  choices: Choice[];
  /** Said in the list when there are no choices. */
  nothing: string;
  /** What is looked for: what has been typed, or nothing when the list is opened otherwise. */
  searched: (text: string) => void;
  changed: (value: string) => void;
  /** Not while the list is open: whoever is typing has not finished. */
  invalid: boolean;
  /** The element that explains the field. */
  describedBy: string;
  /** What stands below the field, which may depend on whether the list is open. */
  children: (open: boolean) => ComponentChildren;
}

/** A field to type in, with a list of what fits. Keyboard, focus and names are those of Zag's combobox. */
export function Combobox(props: ComboboxProps) {
  const { label, name, value, choices, nothing, searched, changed, invalid, describedBy, children } = props;
  const field = useRef<HTMLInputElement>(null);
  const service = useMachine(combobox.machine as combobox.Machine<Choice>, {
    id: useId(),
    name,
    required: true,
    invalid,
    dir: facts(language.value).direction,
    collection: combobox.collection({ items: choices, itemToString: ({ name }) => name }),
    inputValue: value,
    // What was chosen stands in the field, and is a choice no longer once somebody types on.
    value: [],
    allowCustomValue: true,
    openOnClick: true,
    inputBehavior: 'autohighlight',
    positioning: { sameWidth: true, fitViewport: true },
    onOpenChange: ({ open, reason }) => {
      if (!open || reason === 'input-change') return;
      searched('');
      // Whoever types now looks for another.
      field.current?.select();
    },
    onInputValueChange: ({ inputValue, reason }) => {
      if (reason !== 'input-change') return;
      searched(inputValue);
      changed(inputValue);
    },
    onSelect: ({ itemValue }) => changed(itemValue),
  });
  const api = combobox.connect(service, normalizeProps);
  // Its type allows roles that no field has.
  const input = api.getInputProps() as { onKeyDown?: (event: KeyboardEvent) => void };
  return (
    <div {...api.getRootProps()} class="field">
      <label {...api.getLabelProps()}>{label}</label>
      <div {...api.getControlProps()}>
        <input
          {...input}
          ref={field}
          spellcheck={false}
          aria-describedby={describedBy}
          onKeyDown={(event) => {
            // With the list closed it is for the window around, which it leaves.
            const leaves = event.key === 'Escape' && !api.open;
            if (!composing(event) && !leaves) input.onKeyDown?.(event);
          }}
        />
      </div>
      {api.open && (
        <div {...api.getPositionerProps()} class="choices-place">
          <ul {...api.getContentProps()} class="choices" aria-label={label}>
            {choices.map((choice) => (
              <li key={choice.value} {...api.getItemProps({ item: choice })}>
                <span>{choice.name}</span>
                {choice.detail && <span class="hint">{choice.detail}</span>}
              </li>
            ))}
            {choices.length === 0 && (
              <li role="option" aria-selected={false} aria-disabled={true} class="hint">
                {nothing}
              </li>
            )}
          </ul>
        </div>
      )}
      {children(api.open)}
    </div>
  );
}
