package io.replyloop.training.worker;

import io.replyloop.bert.training.TrainingExample;
import io.replyloop.dataset.ExampleReader;
import io.replyloop.dataset.ExampleReader.Frozen;
import io.replyloop.dataset.Split;
import io.replyloop.knowledge.ReplyReader;
import io.replyloop.knowledge.ReplyReader.Version;
import io.replyloop.knowledge.ReplyReader.Words;
import io.replyloop.privacy.PersonalData;
import io.replyloop.retrieval.Candidate;
import io.replyloop.suggestion.CandidateReader;
import io.replyloop.training.TestQuestions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The questions of a snapshot's test part that a reply of the knowledge base has answered, each with all replies that there
 * were to choose from and what spoke for them then. A model's verdict is found on these and on nothing else.
 */
record TestPart(List<Question> questions) {
    /**
     * @param query the turns as the models read them
     * @param right what the agent used; one that was no candidate then can be found by no model
     * @param learned whether the snapshot has an example for that reply to learn from
     */
    record Question(
            UUID conversation,
            UUID impression,
            String query,
            UUID right,
            boolean learned,
            List<Candidate> candidates) {}

    /** All pairs, question by question. */
    List<HeldOut> pairs() {
        return questions.stream()
                .flatMap(question -> question.candidates.stream()
                        .map(candidate -> new HeldOut(
                                new TrainingExample(
                                        question.query,
                                        candidate.text(),
                                        candidate.reply().equals(question.right) ? 1 : 0,
                                        question.impression.toString()),
                                candidate.evidence(),
                                true)))
                .toList();
    }

    static TestPart read(Connection database, UUID dataset) throws SQLException {
        Map<UUID, Frozen> answered = TestQuestions.answered(ExampleReader.part(database, dataset, Split.TEST));
        List<CandidateReader.Candidate> all = CandidateReader.of(database, answered.keySet(), Integer.MAX_VALUE);
        Map<Version, Words> words =
                ReplyReader.words(database, all.stream().map(TestPart::version).toList());
        Map<UUID, List<Candidate>> candidates = new HashMap<>();
        for (CandidateReader.Candidate one : all) {
            Words said = words.get(version(one));
            // What was found by words alone, as before there was an encoder, is weighed by figures of no model.
            if (said != null && one.evidence().meaning() > 0) {
                candidates
                        .computeIfAbsent(one.impression(), unknown -> new ArrayList<>())
                        .add(new Candidate(
                                one.reply(),
                                one.version(),
                                said.title(),
                                PersonalData.masked(said.text()),
                                said.category(),
                                one.evidence()));
            }
        }
        Set<UUID> learned = ExampleReader.part(database, dataset, Split.TRAIN).stream()
                .filter(one -> one.reply() != null && one.pair().label() >= 0.5)
                .map(Frozen::reply)
                .collect(Collectors.toSet());
        List<Question> questions = answered.values().stream()
                .filter(one -> candidates.containsKey(one.impression()))
                .map(one -> new Question(
                        one.conversation(),
                        one.impression(),
                        one.pair().query(),
                        one.reply(),
                        learned.contains(one.reply()),
                        candidates.get(one.impression())))
                .toList();
        return new TestPart(questions);
    }

    private static Version version(CandidateReader.Candidate candidate) {
        return new Version(candidate.reply(), candidate.version());
    }
}
