import { hostLanguages, type HostPage } from '../shared/test-page';

/** What the page around asks for; undefined for anything else that it may say. */
export function asked(data: unknown): HostPage | undefined {
  const page = data as Partial<HostPage> | null;
  if (typeof page !== 'object' || page?.replyloop !== 'test-page') return undefined;
  const { site, language, isDark, identity } = page;
  const isWhole = [site?.key, site?.name, site?.color].every((each) => typeof each === 'string');
  const spoken = hostLanguages.find((each) => each === language);
  if (!site || !isWhole || !spoken) return undefined;
  return {
    replyloop: 'test-page',
    site,
    language: spoken,
    isDark: isDark === true,
    identity: typeof identity === 'string' ? identity : undefined,
  };
}
