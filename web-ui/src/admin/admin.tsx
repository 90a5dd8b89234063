import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Session } from '../shared/api';
import { keepFocus } from '../shared/focus';
import { AuditPage } from './audit/audit';
import { DatasetPage } from './dataset/dataset';
import { FeedbackPage } from './feedback';
import { HistoryPage } from './history/history';
import { KnowledgePage } from './knowledge/knowledge';
import { LabelsPage } from './labels/labels';
import { MailPage } from './mail/mail';
import { Navigation } from './navigation';
import { OverviewPage } from './overview/overview';
import { PrivacyPage } from './privacy/privacy';
import { ProgramsPage } from './programs/programs';
import { ReportsPage } from './reports/reports';
import { AccessPage } from './access/access';
import { SitesPage } from './sites';
import { TeamsPage } from './teams/teams';
import { adminTexts } from './texts';
import { TrainingPage } from './training/training';
import { UnansweredPage } from './unanswered/unanswered';
import { UsersPage } from './users';
import { WebhooksPage } from './webhooks/webhooks';

export const sections = [
  'overview',
  'knowledge',
  'unanswered',
  'dataset',
  'history',
  'training',
  'feedback',
  'reports',
  'users',
  'teams',
  'sites',
  'labels',
  'programs',
  'webhooks',
  'mail',
  'access',
  'privacy',
  'audit',
] as const;
type Section = (typeof sections)[number];

function fromAddress(): Section {
  return sections.find((section) => `${location.hash}/`.startsWith(`#/${section}/`)) ?? 'overview';
}

const section = signal(fromAddress());
window.addEventListener('hashchange', () => {
  section.value = fromAddress();
});

export function Admin({ me }: { me: Session }) {
  const t = adminTexts();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => (root.current ? keepFocus(root.current) : undefined), []);
  return (
    <div class="admin" ref={root}>
      <Navigation sections={sections} current={section.value} title={(name) => t[name]} me={me} />
      <main id="main" tabIndex={-1} class="stack">
        <h1>{t[section.value]}</h1>
        <Body section={section.value} me={me} />
      </main>
    </div>
  );
}

function Body({ section, me }: { section: Section; me: Session }) {
  switch (section) {
    case 'overview':
      return <OverviewPage />;
    case 'knowledge':
      return <KnowledgePage me={me} />;
    case 'unanswered':
      return <UnansweredPage />;
    case 'dataset':
      return <DatasetPage />;
    case 'history':
      return <HistoryPage />;
    case 'training':
      return <TrainingPage />;
    case 'feedback':
      return <FeedbackPage />;
    case 'reports':
      return <ReportsPage />;
    case 'users':
      return <UsersPage me={me} />;
    case 'teams':
      return <TeamsPage />;
    case 'sites':
      return <SitesPage />;
    case 'labels':
      return <LabelsPage />;
    case 'programs':
      return <ProgramsPage />;
    case 'webhooks':
      return <WebhooksPage />;
    case 'mail':
      return <MailPage />;
    case 'access':
      return <AccessPage />;
    case 'audit':
      return <AuditPage />;
    case 'privacy':
      return <PrivacyPage />;
  }
}
