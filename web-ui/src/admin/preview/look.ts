import { signal } from '@preact/signals';
import { fieldText } from '../../shared/form';
import type { OpeningHours, SiteFormSettings, SiteLook, SiteWelcomeSettings } from '../rest';

/** Counts up when something of a website was saved that its preview shows. */
export const saved = signal(0);

export function lookSaved(): void {
  saved.value = saved.peek() + 1;
}

/** What a website that is not there yet would look like. */
export const plain: SiteLook = {
  name: '',
  color: '#3457d5',
  maxTextLength: 8_000,
  ratingAsked: true,
  welcome: { team: [], questions: [] },
};

/** What stands in a form, on top of what is saved. */
export type Change = (look: SiteLook) => Partial<SiteLook>;

export const asSaved: Change = () => ({});

/** Until the server has them, the keys of new fields are as good as any. */
export function withForm({ asked, fields }: SiteFormSettings): Change {
  return () => ({ form: asked && fields.length > 0 ? { asked, fields } : undefined });
}

/** Whether it is open at this moment only the server can tell: the preview shows both. */
export function withHours({ limited, offlineEn, offlineZh }: OpeningHours, open: boolean): Change {
  return () => ({ hours: limited ? { open, offlineEn, offlineZh } : undefined });
}

/** The settings of the website itself. */
export function withSite(values: FormData): Change {
  return () => ({
    name: fieldText(values, 'name'),
    color: fieldText(values, 'color'),
    greetingEn: fieldText(values, 'greetingEn') || undefined,
    greetingZh: fieldText(values, 'greetingZh') || undefined,
    ratingAsked: values.has('ratingAsked'),
  });
}

const examples = [
  { name: 'Ada', initials: 'AL' },
  { name: '李娜', initials: '李' },
];

/** Colleagues of the example, since who is there changes all the time. */
export function withWelcome({ team, questions }: SiteWelcomeSettings): Change {
  const faces: Record<string, { name?: string; initials: string }[] | undefined> = {
    'first-names': examples,
    initials: examples.map(({ initials }) => ({ initials })),
  };
  return ({ welcome }) => ({
    welcome: { ...welcome, team: faces[team] ?? [], questions: questions ? (welcome?.questions ?? []) : [] },
  });
}
