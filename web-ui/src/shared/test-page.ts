/** What the page around a test page asks it to be: a page of a website, with that website's line in it. */
export const hostLanguages = ['en', 'zh', 'ar'] as const;
export type HostLanguage = (typeof hostLanguages)[number];

export interface HostPage {
  replyloop: 'test-page';
  site: { key: string; name: string; color: string };
  language: HostLanguage;
  isDark: boolean;
  /** The voucher of a signed-in customer; absent for a visitor. */
  identity?: string;
}
