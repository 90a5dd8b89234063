import { signal } from '@preact/signals';
import { AccountButton } from '../shared/account-button';
import { signOut, type Session } from '../shared/api';
import { LanguageSwitch } from '../shared/switch';
import { AuditPage } from './audit/audit';
import { FeedbackPage } from './feedback';
import { HistoryPage } from './history/history';
import { KnowledgePage } from './knowledge/knowledge';
import { PrivacyPage } from './privacy/privacy';
import { SitesPage } from './sites';
import { adminTexts } from './texts';
import { TrainingPage } from './training/training';
import { UnansweredPage } from './unanswered/unanswered';
import { UsersPage } from './users';

const sections = [
  'knowledge',
  'unanswered',
  'history',
  'training',
  'feedback',
  'users',
  'sites',
  'privacy',
  'audit',
] as const;
type Section = (typeof sections)[number];

function fromAddress(): Section {
  return sections.find((section) => `${location.hash}/`.startsWith(`#/${section}/`)) ?? 'knowledge';
}

const section = signal(fromAddress());
window.addEventListener('hashchange', () => {
  section.value = fromAddress();
});

export function Admin({ me }: { me: Session }) {
  const t = adminTexts();
  return (
    <div class="admin">
      <header class="admin-header">
        <img src="/favicon.svg" alt="Replyloop" width="28" height="28" />
        <nav aria-label={t.sections}>
          {sections.map((name) => (
            <a key={name} href={`#/${name}`} aria-current={section.value === name ? 'page' : undefined}>
              {t[name]}
            </a>
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
      <main class="stack" key={section.value}>
        <h1>{t[section.value]}</h1>
        <Body section={section.value} me={me} />
      </main>
    </div>
  );
}

function Body({ section, me }: { section: Section; me: Session }) {
  switch (section) {
    case 'knowledge':
      return <KnowledgePage />;
    case 'unanswered':
      return <UnansweredPage />;
    case 'history':
      return <HistoryPage />;
    case 'training':
      return <TrainingPage />;
    case 'feedback':
      return <FeedbackPage />;
    case 'users':
      return <UsersPage me={me} />;
    case 'sites':
      return <SitesPage />;
    case 'audit':
      return <AuditPage />;
    case 'privacy':
      return <PrivacyPage />;
  }
}
