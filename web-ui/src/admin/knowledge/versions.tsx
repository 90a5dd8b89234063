import { useSignal } from '@preact/signals';
import { request } from '../../shared/api';
import { LeaveButton } from '../../shared/dialog';
import { dateAndTime, labelled } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { leftOpen } from '../../shared/variables';
import type { Reply, ReplyVersion } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { Differences, isSame } from './differences';
import { versionTexts } from './version-texts';
import { LeftOpen } from './fill-in';
import { knowledgeTexts } from './knowledge-texts';
import { StateTag } from './state-tag';

/** As the server gives them at once. */
const most = 50;

interface VersionsProps {
  reply: Reply;
  /** With what the reply is now. */
  restored: (reply: Reply) => void;
}

/** How a reply came to be what it is, behind a line that unfolds. */
export function Versions({ reply, restored }: VersionsProps) {
  const isOpen = useSignal(false);
  return (
    <details class="part" onToggle={({ currentTarget: { open } }) => (isOpen.value = open)}>
      <summary>{labelled(versionTexts().title, String(reply.version))}</summary>
      {isOpen.value && <VersionList reply={reply} restored={restored} />}
    </details>
  );
}

function VersionList({ reply, restored }: VersionsProps) {
  const t = versionTexts();
  const address = `/api/replies/${reply.id}/versions`;
  const loaded = useLoaded(() => request<ReplyVersion[]>(address), [reply.version]);
  const { busy, problem, run } = useAct();
  /** To be restored, although something in it is left to fill in. */
  const doubted = useSignal<ReplyVersion | undefined>(undefined);
  const versions = loaded.value.value;
  if (!versions) return <Waiting loaded={loaded} />;
  const oldest = versions.at(-1)?.version ?? 1;
  // Of the last one it is not known yet what it changed.
  const shown = oldest > 1 && versions.length > 1 ? versions.slice(0, -1) : versions;

  const more = () =>
    run(async () => {
      const older = await request<ReplyVersion[]>(address, { query: { before: oldest } });
      loaded.value.value = [...versions, ...older];
    });
  const restore = (version: ReplyVersion, anyway = false) => {
    const reaches = reply.state === 'published' && reply.text !== version.text;
    if (!anyway && reaches && leftOpen(version.text) !== undefined) {
      doubted.value = version;
      return;
    }
    doubted.value = undefined;
    void run(async () => {
      restored(
        await request<Reply>(`${address}/${String(version.version)}/restore`, {
          method: 'POST',
          json: { version: reply.version },
        }),
      );
    });
  };

  return (
    <div class="stack">
      <ProblemNotice text={problem.value} />
      {doubted.value && (
        <LeftOpen
          text={doubted.value.text}
          back={() => (doubted.value = undefined)}
          publish={() => doubted.value && restore(doubted.value, true)}
        />
      )}
      <ol class="plain versions" aria-label={t.list}>
        {shown.map((version, index) => (
          <Version
            key={version.version}
            version={version}
            before={versions[index + 1]}
            isCurrent={version.version === reply.version}
            canRestore={!isSame(version, reply)}
            busy={busy.value}
            restore={() => restore(version)}
          />
        ))}
      </ol>
      {oldest > 1 && versions.length >= most && (
        <div>
          <button type="button" class="button small" disabled={busy.value} onClick={() => void more()}>
            {adminTexts().more}
          </button>
        </div>
      )}
    </div>
  );
}

interface VersionProps {
  version: ReplyVersion;
  /** The one that it changed; absent for the first. */
  before: ReplyVersion | undefined;
  isCurrent: boolean;
  canRestore: boolean;
  busy: boolean;
  restore: () => void;
}

function Version({ version, before, isCurrent, canRestore, busy, restore }: VersionProps) {
  const t = versionTexts();
  const names = knowledgeTexts();
  const { version: number, changedBy, changedByName, changedAt, restoredFrom } = version;
  const who = changedByName ?? (changedBy ? t.somebody : t.application);
  return (
    <li class="stack">
      <div class="row spread">
        <span class="row">
          <strong>{names.version(number)}</strong>
          {isCurrent && <span class="tag accent">{t.current}</span>}
          {(isCurrent || before?.state !== version.state) && <StateTag state={version.state} />}
          <span class="hint">
            {t.by({ name: who })} · <time dateTime={changedAt}>{dateAndTime(changedAt)}</time>
          </span>
        </span>
        {canRestore && (
          <LeaveButton
            class="button small"
            label={labelled(t.restore, names.version(number))}
            disabled={busy}
            then={restore}
          >
            {t.restore}
          </LeaveButton>
        )}
      </div>
      {restoredFrom !== undefined && <p class="hint">{t.restoredFrom({ version: restoredFrom })}</p>}
      {before ? (
        isSame(before, version) ? (
          <p class="hint">{t.sameWords}</p>
        ) : (
          <Differences before={before} after={version} />
        )
      ) : (
        <p class="hint">{t.first}</p>
      )}
    </li>
  );
}
