import { filledIn, firstName } from '../shared/variables';
import type { Workspace } from './workspace';

/** A reply as the customer of the open conversation would read it. */
export function filledFor<R extends { text: string }>({ thread, me }: Workspace, reply: R): R {
  const customer = thread.value?.summary.value?.customer.name;
  const text = filledIn(reply.text, {
    'customer.name': customer,
    'customer.first_name': firstName(customer),
    'agent.name': me.name,
    'agent.first_name': firstName(me.name),
  });
  return { ...reply, text };
}
