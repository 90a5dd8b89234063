import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { AccountButton } from '../shared/account-button';
import { signOut, type Session } from '../shared/api';
import { Icon } from '../shared/team-icons';
import { LanguageSwitch } from '../shared/switch';
import { adminTexts } from './texts';

/** Above all groups. */
export const alone = ['overview'] as const;

/** Which sections stand together; a section that is in none of the groups would not be reachable. */
export const groups = [
  { name: 'answering', sections: ['knowledge', 'unanswered', 'history'] },
  { name: 'learning', sections: ['training', 'dataset', 'feedback', 'reports'] },
  { name: 'team', sections: ['users', 'teams', 'sites', 'labels', 'access'] },
  { name: 'connections', sections: ['programs', 'webhooks', 'mail'] },
  { name: 'governance', sections: ['privacy', 'audit'] },
] as const satisfies { name: keyof ReturnType<typeof adminTexts>; sections: string[] }[];

interface NavigationProps<T extends string> {
  sections: readonly T[];
  current: T;
  title: (section: T) => string;
  me: Session;
}

/** The sections beside the page, or behind a button where there is no room for them. */
export function Navigation<T extends string>({ sections, current, title, me }: NavigationProps<T>) {
  const t = adminTexts();
  const id = useId();
  const opened = useSignal(false);
  const header = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const shut = () => (opened.value = false);
  const chosen = () => {
    if (!opened.peek()) return;
    shut();
    // The link that had the focus is out of sight now.
    focusPage();
  };
  return (
    <>
      <a class="button skip" href="#main" onClick={skip}>
        {t.skip}
      </a>
      <header
        ref={header}
        class={opened.value ? 'admin-header opened' : 'admin-header'}
        onKeyDown={({ key }) => {
          if (key !== 'Escape' || !opened.peek()) return;
          shut();
          button.current?.focus();
        }}
        onFocusOut={({ relatedTarget: next }) => {
          if (next instanceof Node && !header.current?.contains(next)) shut();
        }}
      >
        <img src="/favicon.svg" alt="Replyloop" width="28" height="28" />
        <button
          ref={button}
          type="button"
          class="button quiet icon menu-button"
          aria-label={t.sections}
          aria-expanded={opened.value}
          aria-controls={id}
          onClick={() => (opened.value = !opened.peek())}
        >
          <Icon name={opened.value ? 'close' : 'menu'} />
        </button>
        <nav id={id} aria-label={t.sections}>
          <div class="nav-group">
            <Links
              sections={sections.filter((section) => (alone as readonly string[]).includes(section))}
              current={current}
              title={title}
              chosen={chosen}
            />
          </div>
          {groups.map((group) => (
            <Group
              key={group.name}
              name={t[group.name]}
              sections={sections.filter((section) => (group.sections as readonly string[]).includes(section))}
              current={current}
              title={title}
              chosen={chosen}
            />
          ))}
        </nav>
        <div class="row account">
          <LanguageSwitch />
          <a class="button quiet small" href="/console/">
            {t.console}
          </a>
          <AccountButton me={me} />
          <button type="button" class="button quiet small sign-out" onClick={() => void signOut()}>
            {t.signOut}
          </button>
        </div>
      </header>
      {opened.value && <div class="behind-menu" onClick={shut} />}
    </>
  );
}

interface LinksProps<T extends string> {
  sections: T[];
  current: T;
  title: (section: T) => string;
  chosen: () => void;
}

function Group<T extends string>({ name, ...links }: LinksProps<T> & { name: string }) {
  const id = useId();
  return (
    <div class="nav-group">
      <p id={id}>{name}</p>
      <Links {...links} labelledBy={id} />
    </div>
  );
}

function Links<T extends string>({
  sections,
  current,
  title,
  chosen,
  labelledBy,
}: LinksProps<T> & { labelledBy?: string }) {
  return (
    <ul aria-labelledby={labelledBy}>
      {sections.map((section) => (
        <li key={section}>
          <a href={`#/${section}`} aria-current={section === current ? 'page' : undefined} onClick={chosen}>
            {title(section)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The address names the section, so the link must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  focusPage();
}

function focusPage(): void {
  document.getElementById('main')?.focus();
}
