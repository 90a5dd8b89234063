/** What the server's REST interface gives to admins: names of our own for what its description calls them. */
import type { components } from '../shared/rest';

type Schemas = components['schemas'];

export type Reply = Schemas['ReplyView'];
export type User = Schemas['AgentView'];
export type Site = Schemas['SiteView'];
export type BlockedCustomer = Schemas['BlockedCustomer'];
export type Unanswered = Schemas['UnansweredQuestions'];
export type UnansweredGroup = Schemas['UnansweredGroup'];
export type SetAsideGroup = Schemas['SetAsideGroup'];
export type AgentAnswer = Schemas['AgentAnswer'];
export type ReplyProposal = Schemas['ReplyProposal'];
export type SimilarReply = Schemas['SimilarReply'];
export type FeedbackSummary = Schemas['FeedbackSummary'];
export type ExampleSummary = Schemas['ExampleSummary'];
/** What is sent may leave out what stays; what is read is whole. */
export type Schedule = Required<Omit<Schemas['ScheduleView'], 'nextFireAt'>> &
  Pick<Schemas['ScheduleView'], 'nextFireAt'>;

/** Figures by name; a run may hold those of two models. */
export type Metrics = { [name: string]: number | string | boolean | null | Metrics };

export type Model = Omit<Schemas['ModelSummary'], 'metrics'> & { metrics?: Metrics };
export type Point = Omit<Schemas['TrainingPoint'], 'devMetrics'> & { devMetrics?: Record<string, number> };
export type Run = Omit<Schemas['TrainingRunView'], 'metrics' | 'points'> & {
  metrics?: Metrics;
  points?: Point[];
};
