package io.replyloop.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which entries each operation of the REST interface leaves that changes something, and which leave none. */
final class ExpectedEntries {
    static final Map<String, String> WITHOUT_AN_ENTRY = Map.ofEntries(
            Map.entry("uploadAttachment", "seen by nobody else before the message that carries it, which is an event"),
            Map.entry("discardAttachment", "was seen by nobody else"),
            Map.entry("suggestElsewhere", "an impression"),
            Map.entry("feedBackFromElsewhere", "a decision"),
            Map.entry("judgeFrequentAnswer", "a customer's; nobody of the team does it"),
            Map.entry("issueCustomerToken", "a customer's own; nobody of the team does it"),
            Map.entry("mailTranscript", "a customer's own; nobody of the team does it"),
            Map.entry("askForPassword", "by somebody who is not signed in; the link is, once its mail is written"),
            Map.entry("sendTestMail", "changes nothing"),
            Map.entry("updateRunMails", "an admin's own; nobody else sees it"),
            Map.entry("signTestCustomer", "an admin's own; there is nobody before the first message"),
            Map.entry("previewRetention", "only counts"),
            Map.entry("previewHistory", "only looks"),
            Map.entry("findSimilarReplies", "only looks"),
            Map.entry("lookThroughExamples", "only looks"),
            Map.entry("beginModelUpload", "a model there is only once it is finished"),
            Map.entry("appendToModelUpload", "a model there is only once it is finished"),
            Map.entry("cancelModelUpload", "there was no model yet"),
            Map.entry("actOnConversations", "events of the conversations"),
            Map.entry("createSavedView", "an agent's own; nobody else sees it"),
            Map.entry("updateSavedView", "an agent's own; nobody else sees it"),
            Map.entry("deleteSavedView", "an agent's own; nobody else sees it"));

    private ExpectedEntries() {}

    /** By the operation's id, in the order of its calls. */
    static Map<String, List<String>> ofOperations() {
        Map<String, List<String>> expected = new TreeMap<>();
        expected.put("createUser", List.of("account account.created"));
        expected.put(
                "updateUser",
                List.of(
                        "account account.changed",
                        "account account.closed",
                        "account account.password-reset",
                        "account account.reopened"));
        expected.put("createSite", List.of("account site.created"));
        expected.put("updateSite", List.of("account site.changed"));
        expected.put("updateOpeningHours", List.of("account site.changed"));
        expected.put("updateSiteForm", List.of("account site.changed"));
        expected.put("updateSiteWelcome", List.of("account site.changed"));
        expected.put("updateSiteRouting", List.of("account site.changed"));
        expected.put("updateLogoOfSite", List.of("account site.changed"));
        expected.put("deleteLogoOfSite", List.of("account site.changed"));
        expected.put("createTeam", List.of("account team.created"));
        expected.put("updateTeam", List.of("account team.changed"));
        expected.put("closeTeam", List.of("account team.closed"));
        expected.put("updateAgentCapacity", List.of("account account.changed"));
        expected.put("renewIdentitySecret", List.of("account site.secret-renewed"));
        expected.put("forgetPreviousIdentitySecret", List.of("account site.previous-secret-ended"));
        expected.put("endCustomerTokens", List.of("account site.customer-access-ended"));
        expected.putAll(ProgramOperations.expected());
        expected.putAll(WebhookOperations.expected());
        expected.putAll(SingleSignOnOperations.expected());
        expected.putAll(CustomerOperations.expected());
        expected.put("eraseCustomer", List.of("account customer.erased"));
        expected.put("updateRetention", List.of("account retention.changed", "account retention.changed"));
        expected.put(
                "updatePromotionPolicy",
                List.of("account training.promotion-policy-changed", "account training.promotion-policy-changed"));
        expected.put("createLabel", List.of("account label.created"));
        expected.put("updateLabel", List.of("account label.changed"));
        expected.put("deleteLabel", List.of("account label.deleted"));
        expected.put("createReply", List.of("account reply.created"));
        expected.put("updateReply", List.of("account reply.changed"));
        expected.putAll(ReplyOperations.expected());
        expected.put("publishReply", List.of("account reply.published"));
        expected.put("markFrequentReply", List.of("account reply.changed"));
        expected.put("archiveReply", List.of("account reply.archived"));
        expected.put("importReplies", List.of("account reply.imported"));
        expected.put("setGroupAside", List.of("account unanswered.set-aside"));
        expected.put("takeGroupBack", List.of("account unanswered.taken-back"));
        expected.put("draftReplyToGroup", List.of("account reply.created"));
        expected.put("draftReplyFromConversation", List.of("account reply.created"));
        expected.putAll(AccountOperations.expected());
        expected.putAll(HistoryOperations.expected());
        expected.put("excludeExample", List.of("account example.excluded", "account example.included"));
        expected.put("excludeExamples", List.of("account example.excluded"));
        expected.put("correctExample", List.of("account example.corrected"));
        expected.put("commentExample", List.of("account example.commented"));
        expected.put("correctExamples", List.of("account example.corrected"));
        expected.put("importExamples", List.of("account example.imported"));
        expected.put("undoExampleImport", List.of("account example.import-undone"));
        expected.put("findExamplesRight", List.of("account example.found-right"));
        expected.put("takeItemBackIntoQueue", List.of("account example.back-in-queue"));
        expected.put("undoCurationAct", List.of("account example.undone"));
        expected.put("startTraining", List.of("account training.started"));
        expected.put("measureModels", List.of("account training.measurement-started"));
        expected.put("cancelTraining", List.of("account training.cancelled"));
        expected.put("rejectTrainingRun", List.of("account training.result-rejected"));
        expected.put("takeBackTrainingRejection", List.of("account training.rejection-taken-back"));
        expected.put("updateTrainingSchedule", List.of("account training.schedule-changed"));
        expected.put("startShadow", List.of("account model.shadow-started"));
        expected.put("stopShadow", List.of("account model.shadow-ended"));
        expected.put("promoteModel", List.of("account model.rolled-back", "account model.promoted"));
        expected.put("finishModelUpload", List.of("account model.uploaded"));
        expected.put("pinModel", List.of("account model.pinned", "account model.unpinned"));
        expected.put("updateModelRetention", List.of("account model.retention-changed"));
        expected.put("updateFirstSteps", List.of("account setup.steps-put-away", "account setup.steps-brought-back"));
        expected.put("signIn", List.of("account session.opened"));
        expected.put("changePassword", List.of("account account.password-changed"));
        expected.put("signOut", List.of("account session.closed"));
        expected.put("makeFirstAdmin", List.of("account setup.completed", "account session.opened"));
        return expected;
    }
}
