import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { request } from '../../shared/api';
import type { SimilarReply } from '../rest';

const longest = { title: 200, text: 8000 };

/** Replies that may say the same as a text already. An answer that another question has overtaken is not kept. */
export function useSimilarReplies() {
  const found = useSignal<SimilarReply[]>([]);
  const newest = useRef(0);
  useEffect(
    () => () => {
      newest.current += 1;
    },
    [],
  );
  const look = async (title: string, text: string): Promise<SimilarReply[]> => {
    const mine = ++newest.current;
    const comparable = text !== '' && title.length <= longest.title && text.length <= longest.text;
    const similar = comparable
      ? await request<SimilarReply[]>('/api/unanswered/similar', { method: 'POST', json: { title, text } })
      : [];
    if (mine === newest.current) found.value = similar;
    return similar;
  };
  return { found, look };
}
