import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Problem, request } from '../../shared/api';
import { count } from '../../shared/language';
import { useAct } from '../../shared/load';
import { ProblemNotice } from '../../shared/problem-notice';
import type { Example } from '../rest';
import { datasetTexts } from './dataset-texts';
import { AnotherReply, CommentDialog } from './dialogs';

export const address = '/api/examples';

/** What can be done to an example. */
export interface Acts {
  busy: boolean;
  label: (example: Example, verdict: 'fits' | 'does-not-fit') => void;
  another: (example: Example) => void;
  exclude: (example: Example) => void;
  comment: (example: Example) => void;
  undo: (act: string) => void;
  /** Whose history is shown. */
  history: number | undefined;
  toggleHistory: (example: Example) => void;
}

type Open = { what: 'another' | 'comment'; example: Example };
/** What was done last, for whoever thinks better of it. */
type Done = { act?: string; text: () => string };

export interface Acting {
  acts: Acts;
  /** Counts what was done, for lists of it. */
  acted: number;
  problem: string | undefined;
  /** @param one whether it was one act, which is undone as a whole */
  act: (what: () => Promise<{ changed: Example[]; text: () => string }>) => Promise<void>;
  exclude: (ids: number[], excluded: boolean) => Promise<void>;
  run: (what: () => Promise<void>) => Promise<void>;
  /** What is said about what was done, and the dialogs. */
  said: ComponentChildren;
}

/** @param show takes over what examples have become */
export function useActing(show: (changed: Example[]) => Promise<void>): Acting {
  const history = useSignal<number | undefined>(undefined);
  const open = useSignal<Open | undefined>(undefined);
  const done = useSignal<Done | undefined>(undefined);
  const acted = useSignal(0);
  const conflict = useSignal(false);
  const { busy, problem, run } = useAct();
  const status = useRef<HTMLDivElement>(null);

  const changed = async (examples: Example[], text: () => string) => {
    acted.value += 1;
    conflict.value = false;
    // Those where nothing has changed name none.
    done.value = { act: examples.find((example) => example.act !== undefined)?.act, text };
    await show(examples);
  };
  const act: Acting['act'] = (what) =>
    run(async () => {
      const { changed: examples, text } = await what();
      await changed(examples, text);
    });
  /** Shows what somebody else has made of the example meanwhile. */
  const correct = (example: Example, json: object) =>
    run(async () => {
      const path = `${address}/${String(example.id)}`;
      try {
        const body = { ...json, version: example.version };
        const now = await request<Example>(`${path}/label`, { method: 'PUT', json: body });
        await changed([now], () => datasetTexts().doneToExample(String(example.id)));
      } catch (refused) {
        if (!(refused instanceof Problem) || refused.code !== 'conflict') throw refused;
        const now = await request<Example>(path);
        if (now.version === example.version) throw refused;
        await show([now]);
        history.value = example.id;
        conflict.value = true;
      }
    });
  const exclude = (ids: number[], excluded: boolean) =>
    act(async () => ({
      changed: await request<Example[]>(`${address}/exclusions`, {
        method: 'POST',
        json: { examples: ids, excluded },
      }),
      text: () =>
        ids.length === 1
          ? datasetTexts().doneToExample(String(ids[0]))
          : datasetTexts().doneToExamples(count(ids.length)),
    }));
  const undo = (of: string) =>
    run(async () => {
      const examples = await request<Example[]>(`${address}/acts/${of}/undo`, { method: 'POST' });
      acted.value += 1;
      conflict.value = false;
      done.value = { text: () => datasetTexts().undoneNow };
      await show(examples);
      // The button that was pressed is gone.
      status.current?.focus();
    });
  const closed = () => (open.value = undefined);
  const t = datasetTexts();
  const shown = open.value;
  const { act: last, text: told } = done.value ?? {};
  return {
    acted: acted.value,
    problem: problem.value,
    act,
    exclude,
    run,
    acts: {
      busy: busy.value,
      label: (example, verdict) => void correct(example, { verdict }),
      another: (example) => (open.value = { what: 'another', example }),
      exclude: (example) => void exclude([example.id], !example.excluded),
      comment: (example) => (open.value = { what: 'comment', example }),
      undo: (of) => void undo(of),
      history: history.value,
      toggleHistory: ({ id }) => (history.value = history.peek() === id ? undefined : id),
    },
    said: (
      <>
        <ProblemNotice text={problem.value} />
        {conflict.value && (
          <p class="notice warn" role="alert">
            {t.conflict}
          </p>
        )}
        <div role="status" ref={status} tabIndex={-1}>
          {told && (
            <div class="notice good row spread">
              <span>{told()}</span>
              {last !== undefined && (
                <button
                  type="button"
                  class="button small"
                  disabled={busy.value}
                  onClick={() => void undo(last)}
                >
                  {t.undo}
                </button>
              )}
            </div>
          )}
        </div>
        {shown?.what === 'another' && (
          <AnotherReply
            example={shown.example}
            closed={closed}
            chosen={async (reply) => {
              closed();
              await correct(shown.example, { verdict: 'another-reply', reply });
            }}
          />
        )}
        {shown?.what === 'comment' && (
          <CommentDialog
            closed={closed}
            save={async (text) => {
              const now = await request<Example>(`${address}/${String(shown.example.id)}/comments`, {
                method: 'POST',
                json: { text },
              });
              closed();
              await changed([now], () => datasetTexts().commented);
            }}
          />
        )}
      </>
    ),
  };
}
