/** What the server's REST interface gives to admins. */
export interface Reply {
  id: string;
  label?: string;
  title: string;
  text: string;
  language: string;
  categories: string[];
  shortcode?: string;
  state: 'draft' | 'published' | 'archived';
  version: number;
  createdAt: string;
  updatedAt: string;
  questions: number;
  shown?: number;
  sent?: number;
}

export interface User {
  id: string;
  email: string;
  name: string;
  role: 'agent' | 'admin';
  active: boolean;
  createdAt: string;
}

export interface Site {
  id: string;
  key: string;
  name: string;
  allowedOrigins: string[];
  color: string;
  greetingEn: string;
  greetingZh: string;
  identityRequired: boolean;
  hasIdentitySecret: boolean;
  /** Until when the secret before this one counts, too. */
  previousSecretUntil?: string;
  audienceChecked: boolean;
  /** Customers' tokens from before hold no longer. */
  customersNotBefore?: string;
}

export interface BlockedCustomer {
  customer: string;
  name?: string;
  email?: string;
  reason: string;
  by: string;
  at: string;
}

export interface FeedbackSummary {
  impressions: number;
  decisions: number;
  sent: number;
  edited: number;
  rejected: number;
  ownText: number;
  acceptAt1: number;
  acceptAt3: number;
  mrr: number;
}

export interface ExampleSummary {
  total: number;
  positive: number;
  negative: number;
  sinceLastRun: number;
}

/** Figures by name; a run may hold those of two models. */
export type Metrics = { [name: string]: number | string | boolean | null | Metrics };

export interface Model {
  id: string;
  number: number;
  origin: string;
  parent?: number;
  createdAt: string;
  metrics?: Metrics;
  serving: boolean;
  promotedAt?: string;
}

export interface Point {
  step: number;
  loss: number;
  learningRate: number;
  pairsPerSecond: number;
  devMetrics?: Record<string, number>;
}

export interface Run {
  id: string;
  number: number;
  status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  trigger: 'manual' | 'schedule';
  baseModel: string | number;
  resultModel?: string | number;
  dataset?: { train: number; dev: number };
  step: number;
  steps: number;
  secondsLeft?: number;
  metrics?: Metrics;
  error?: string;
  errorCode?: string;
  cancelRequested?: boolean;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  points?: Point[];
}

export interface Schedule {
  enabled: boolean;
  cron: string;
  timeZone: string;
  minimumExamples: number;
  nextFireAt?: string;
}
