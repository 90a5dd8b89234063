/** What the server's REST interface gives to admins: names of our own for what its description calls them. */
import type { components } from '../shared/rest';

type Schemas = components['schemas'];

export type Reply = Schemas['ReplyView'];
export type ReplyAct = Schemas['ReplyAct'];
export type ReplyOutcome = Schemas['ReplyOutcome'];
export type ReplyReviews = Schemas['ReplyReviews'];
export type ReplyVersion = Schemas['ReplyVersion'];
export type ModelUploadUnderWay = Schemas['ModelUploadUnderWay'];
export type User = Schemas['AgentView'];
export type ProgramToken = Schemas['ProgramToken'];
export type Program = Schemas['Program'];
export type MadeProgramToken = Schemas['MadeProgramToken'];
export type Webhook = Schemas['Webhook'];
export type MadeWebhook = Schemas['MadeWebhook'];
export type WebhookTest = Schemas['WebhookTest'];
export type WebhookFailure = Schemas['WebhookFailure'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type WebhookDeliveryDetails = Schemas['WebhookDeliveryDetails'];
export type MailSettings = Schemas['MailSettings'];
export type MailTest = Schemas['MailTest'];
export type RunMails = Schemas['RunMails'];
export type Invitation = Schemas['Invitation'];
export type InvitationLink = Schemas['InvitationLink'];
export type PasswordLink = Schemas['PasswordLink'];
export type SecondFactors = Schemas['SecondFactors'];
export type SingleSignOn = Schemas['SingleSignOn'];
export type IdentityProvider = Schemas['IdentityProvider'];
export type Site = Schemas['SiteView'];
export type Team = Schemas['Team'];
export type Colleague = Schemas['Colleague'];
export type SiteRouting = Schemas['SiteRouting'];
export type OpeningHours = Schemas['OpeningHours'];
export type OpeningSpan = Schemas['OpeningSpan'];
export type OpeningHoliday = Schemas['OpeningHoliday'];
export type SiteFormSettings = Schemas['SiteForm'];
export type SiteFormField = Schemas['SiteFormField'];
export type SiteLogo = Schemas['SiteLogo'];
/** As customers are told of a website. */
export type SiteLook = Schemas['WidgetView'];
export type SiteWelcomeSettings = Schemas['SiteWelcome'];
export type FrequentReply = Schemas['FrequentReply'];
export type BlockedCustomer = Schemas['BlockedCustomer'];
export type Unanswered = Schemas['UnansweredQuestions'];
export type UnansweredGroup = Schemas['UnansweredGroup'];
export type SetAsideGroup = Schemas['SetAsideGroup'];
export type AgentAnswer = Schemas['AgentAnswer'];
export type ReplyProposal = Schemas['ReplyProposal'];
export type SimilarReply = Schemas['SimilarReply'];
export type Report = Schemas['Report'];
export type ReportCounts = Schemas['ReportCounts'];
export type ReportScores = Schemas['ReportScores'];
export type ReportResponse = Schemas['ReportResponse'];
export type ReportFigures = Schemas['ReportFigures'];
export type Overview = Schemas['Overview'];
export type OverviewFigures = Schemas['OverviewFigures'];
export type OverviewModel = Schemas['OverviewModel'];
export type FirstSteps = Schemas['FirstSteps'];
export type FirstStep = Schemas['FirstStep'];
export type HistoryReading = Schemas['HistoryReading'];
export type HistoryPreview = Schemas['HistoryPreview'];
export type HistoryReport = Omit<Schemas['HistoryReport'], 'languages' | 'masked'> & {
  languages: Record<string, number>;
  masked: Record<string, number>;
};
export type HistoryImport = Omit<Schemas['HistoryImport'], 'report'> & { report: HistoryReport };
export type HistoryDraft = Schemas['HistoryDraft'];
export type HistoryDraftBlank = Schemas['HistoryDraftBlank'];
export type FeedbackSummary = Schemas['FeedbackSummary'];
export type DecisionFigures = Schemas['DecisionFigures'];
export type ExampleSummary = Schemas['ExampleSummary'];
export type Example = Schemas['ExampleView'];
export type ExampleCounts = Schemas['ExampleCounts'];
export type CurationAct = Schemas['CurationAct'];
export type CurationEntry = Schemas['CurationEntry'];
export type CurationItem = Schemas['CurationItem'];
export type CurationQueues = Schemas['CurationQueues'];
export type ExampleImportOutcome = Schemas['ExampleImportOutcome'];
export type ImportedExampleFile = Schemas['ImportedExampleFile'];
/** Fields by name, as they were before or are since. */
export type AuditFields = Record<string, unknown>;
export type AuditEntry = Omit<Schemas['AuditEntryView'], 'before' | 'after'> & {
  before?: AuditFields;
  after?: AuditFields;
};
type Sent = 'enabled' | 'cron' | 'timeZone' | 'minimumDecisions';
/** What is read is whole, but for what is not set. */
export type Schedule = Required<Pick<Schemas['ScheduleView'], Sent>> & Omit<Schemas['ScheduleView'], Sent>;
export type Outlook = Schemas['TrainingOutlook'];
export type Requirement = Schemas['TrainingRequirement'];
export type UpcomingStart = Schemas['UpcomingStart'];
export type ScheduleOutcome = Schemas['TrainingScheduleOutcome'];
export type TimeZone = Schemas['TimeZone'];
export type LogLine = Schemas['TrainingLogLine'];

export type ErasureReport = Omit<Schemas['ErasureReport'], 'removed'> & { removed: Record<string, number> };
export type Retention = Schemas['Retention'];
export type RetentionPreview = Schemas['RetentionPreview'];
export type Acceptance = Schemas['Acceptance'];
export type FlippedCase = Schemas['FlippedCase'];
export type ModelRetention = Schemas['ModelRetention'];
export type ModelPromotion = Schemas['ModelPromotion'];
export type Shadow = Schemas['Shadow'];
export type ShadowComparison = Schemas['ShadowComparison'];
export type PromotionPolicy = Schemas['PromotionPolicy'];

/** Figures by name; a run may hold those of two models. */
export type Metrics = { [name: string]: number | string | boolean | null | Metrics };

export type Model = Omit<Schemas['ModelSummary'], 'metrics'> & { metrics?: Metrics };
type ComparedRun = Omit<Schemas['ModelComparisonRun'], 'metrics'> & { metrics?: Metrics };
type ComparedSide = { model: Model; run?: ComparedRun };
export type ModelComparison = Omit<Schemas['ModelComparison'], 'one' | 'other' | 'together'> & {
  one: ComparedSide;
  other: ComparedSide;
  together?: Omit<Schemas['ModelsMeasuredTogether'], 'metrics'> & { metrics: Metrics };
};
export type Point = Omit<Schemas['TrainingPoint'], 'devMetrics'> & { devMetrics?: Record<string, number> };
export type TrainedOn = Omit<Schemas['DatasetContents'], 'languages'> & { languages: Record<string, number> };
export type Run = Omit<Schemas['TrainingRunView'], 'metrics' | 'points' | 'trainedOn'> & {
  metrics?: Metrics;
  points?: Point[];
  trainedOn?: TrainedOn;
};
