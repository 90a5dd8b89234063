import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import { clockTime, count, sentences } from '../../shared/language';
import { useAct, useLoaded } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import { ReplyDialog } from '../knowledge/reply-dialog';
import type { Proposed } from '../knowledge/proposal';
import type { Reply, ReplyProposal, Unanswered, UnansweredGroup } from '../rest';
import { adminTexts } from '../texts';
import { Waiting } from '../waiting';
import { GroupCard } from './group';
import { SetAsideDialog, SetAsideList } from './set-aside';
import { unansweredTexts } from './unanswered-texts';

const address = '/api/unanswered';
const again = 1000;

type Open =
  | { what: 'draft'; proposed: Proposed }
  | { what: 'reply'; reply: Reply }
  | { what: 'aside'; group: UnansweredGroup };

export function UnansweredPage() {
  const t = unansweredTexts();
  const limit = useSignal(50);
  const loaded = useLoaded(
    () => request<Unanswered>(address, { query: { limit: limit.value } }),
    [limit.value],
  );
  const open = useSignal<Open | undefined>(undefined);
  const { busy, problem, run } = useAct();
  const heading = useRef<HTMLHeadingElement>(null);
  const found = loaded.value.value;
  const working = found !== undefined && found.state !== 'ready';
  useEffect(() => {
    if (!working) return;
    const timer = setTimeout(() => void loaded.reload(), again);
    return () => clearTimeout(timer);
  }, [found, working]);

  /** The card whose button was pressed may be gone: whoever works by keyboard goes on from the top of the list. */
  const changed = async () => {
    await loaded.reload();
    if (!document.activeElement || document.activeElement === document.body) heading.current?.focus();
  };
  const write = (group: UnansweredGroup) =>
    run(async () => {
      const proposal = await request<ReplyProposal>(`${address}/${group.id}/draft`);
      open.value = { what: 'draft', proposed: { proposal, address: () => `${address}/${group.id}/draft` } };
    });
  const openReply = (id: string) =>
    run(async () => {
      open.value = { what: 'reply', reply: await request<Reply>(`/api/replies/${id}`) };
    });

  if (!found) return <Waiting loaded={loaded} />;
  const shown = open.value;
  return (
    <>
      {found.at === undefined || (working && found.groups === 0) ? (
        <Progress progress={found.progress} />
      ) : (
        <>
          {found.groups > 0 && (
            <h2 class="large-number" ref={heading} tabIndex={-1}>
              {t.total({ questions: found.questions, groups: found.groups, days: count(found.days) })}
            </h2>
          )}
          <p class="hint">
            {sentences(t.explained, working ? t.refreshing : t.asOf({ time: clockTime(found.at) }))}
          </p>
          {found.cut && <p class="notice">{t.cut({ most: count(found.most) })}</p>}
          {!found.byMeaning && <p class="notice warn">{t.byWords}</p>}
          <ProblemNotice text={problem.value ?? loaded.problem.value} />
          {found.groups === 0 && <Nothing found={found} heading={heading} />}
          <ul class="groups">
            {found.items.map((group) => (
              <GroupCard
                key={group.id}
                group={group}
                busy={busy.value}
                write={() => void write(group)}
                openReply={(id) => void openReply(id)}
                setAside={() => (open.value = { what: 'aside', group })}
              />
            ))}
          </ul>
          {found.next && limit.value < 200 && (
            <div>
              <button
                type="button"
                class="button"
                onClick={() => (limit.value = Math.min(200, limit.value + 50))}
              >
                {adminTexts().more}
              </button>
            </div>
          )}
          <SetAsideList number={found.setAside} changed={changed} />
        </>
      )}
      {shown?.what === 'aside' && (
        <SetAsideDialog group={shown.group} closed={() => (open.value = undefined)} saved={changed} />
      )}
      {shown && shown.what !== 'aside' && (
        <ReplyDialog
          key={shown.what === 'reply' ? shown.reply.id : 'draft'}
          reply={shown.what === 'reply' ? shown.reply : undefined}
          proposed={shown.what === 'draft' ? shown.proposed : undefined}
          closed={() => (open.value = undefined)}
          saved={changed}
          instead={(id) => void openReply(id)}
        />
      )}
    </>
  );
}

function Progress({ progress }: { progress: Unanswered['progress'] }) {
  const t = unansweredTexts();
  const { step = 'reading', done = 0, all = 0 } = progress ?? {};
  const told =
    step === 'grouping'
      ? t.grouping
      : all === 0
        ? t.readingSome
        : step === 'reading'
          ? t.reading({ done: count(done), all: count(all) })
          : t.comparing({ done: count(done), all: count(all) });
  return (
    <div class="card stack">
      <span>{told}</span>
      <progress aria-label={told} value={all > 0 ? done : undefined} max={all > 0 ? all : undefined} />
    </div>
  );
}

function Nothing({ found, heading }: { found: Unanswered; heading: RefObject<HTMLHeadingElement | null> }) {
  const t = unansweredTexts();
  const days = count(found.days);
  return (
    <section class="card stack">
      <h2 ref={heading} tabIndex={-1}>
        {found.anyAsked ? t.allAnswered : t.nothingAsked}
      </h2>
      <p>{found.anyAsked ? t.allAnsweredText({ days }) : t.nothingAskedText({ days })}</p>
      {!found.anyAsked && (
        <div>
          <a class="button" href="#/sites">
            {t.putChat}
          </a>
        </div>
      )}
    </section>
  );
}
